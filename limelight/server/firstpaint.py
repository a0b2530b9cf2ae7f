"""The page before its JavaScript: layout and labels as HTML, in the places where the browser
half will draw them.

Reads a config; knows no block by more than its tag and props. Values are not drawn, except texts
that are the page's own.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["paint", "style"]

# What `web/src/theme/base.css` has no rule for: the browser paints nothing before it has read that.
_STYLE = """\
.fp i{display:block;border:var(--input-border-width) solid var(--input-border-color);\
border-radius:var(--input-radius);background:var(--input-background-fill)}
.fp .block>span{display:block;margin-block-end:var(--spacing-sm);\
color:var(--block-title-text-color);font-size:var(--block-title-text-size);\
font-weight:var(--block-title-text-weight)}
.fp .block>small{display:block;margin-block-end:5px;color:var(--block-info-text-color);\
font-size:var(--block-info-text-size)}
.fp .media{position:relative}
.fp .block.media>span{display:inline-block;margin:8px;padding:2px 8px;border-radius:6px;\
border:1px solid var(--block-border-color);font-size:12px}
.fp .tab-nav{display:flex;gap:16px;padding:8px;\
border-block-end:1px solid var(--border-color-primary)}
.fp .prose>*{margin:0 0 8px}
@media(pointer:coarse){.fp i{min-block-size:44px}}"""

# Heights in pixels of the part below the label, as the browser halves draw it empty.
_CONTROLS = {
    "checkbox": 0, "checkboxgroup": 34, "colorpicker": 38, "dataset": 80, "daterange": 38,
    "datetime": 38, "dropdown": 38,
    "metric": 58, "multimodaltextbox": 60, "number": 38, "pagination": 32, "radio": 34,
    "rangeslider": 30, "rating": 28, "segmentedcontrol": 33, "slider": 30, "steps": 52, "switch": 0,
    "tasklist": 80, "textbox": 38, "time": 38,
}  # fmt: skip
# Heights of blocks whose label is a small tag in the corner.
_MEDIA = {
    "annotatedimage": 240, "audio": 160, "chatbot": 400, "code": 120, "dataframe": 160, "file": 170,
    "fileexplorer": 200, "gallery": 240, "highlightedtext": 80, "image": 240, "imageeditor": 400,
    "imageslider": 240, "json": 114, "jsoneditor": 160, "label": 114, "model3d": 240,
    "nativeplot": 300, "paramviewer": 120, "plot": 240, "terminal": 294, "video": 240,
}  # fmt: skip
_BUTTONS = frozenset(("button", "downloadbutton", "uploadbutton"))
_FRAMES = frozenset(("row", "column", "form", "group"))
"""Layouts with a class of their own in `base.css`."""
_NOTHING = frozenset(("state", "timer", "sidebar", "navbar", "browserstate", "modal"))
_MOST_BLOCKS = 400
_MOST_TEXT = 4000


_LENGTH = re.compile(r"[0-9.]+(px|%|[a-z]{2,4})")
_CLASS = re.compile(r"\.([a-z][a-z-]*)")
_TAG = re.compile(r"(?<![\w.-])(i|small)\b")


def style(painted: str) -> str:
    """The rules that a first paint needs."""
    found = {name for names in re.findall(r'class="([^"]*)"', painted) for name in names.split()}
    found.update(tag for tag in ("i", "small") if re.search(f"<{tag}[ >]", painted))
    rules = _STYLE.split("\n")
    return "".join(rule for rule in rules if _is_used(rule, found))


def _is_used(rule: str, found: set[str]) -> bool:
    """Whether all that a rule names stands in the paint; one of several selectors is enough."""
    selectors = rule[: rule.index("{")].split(",") if not rule.startswith("@") else [""]
    return any(found.issuperset(_CLASS.findall(one) + _TAG.findall(one)) for one in selectors)


def paint(config: Mapping[str, Any], page: str) -> str:
    """The HTML inside `<gradio-app>` for one page."""
    painter = _Painter(config["components"])
    layout = config["page"][page]["layout"] if page in config.get("page", {}) else config["layout"]
    classes = "gradio-container fp"
    if config.get("fill_width"):
        classes += " fill-width"
    inner = painter.nodes(layout.get("children", ()))
    return (
        f'<div class="{classes}" aria-hidden="true">{painter.sides}{_nav(config, page)}'
        f"<main>{inner}</main></div>"
    )


def _nav(config: Mapping[str, Any], page: str) -> str:
    names = [name for _, name, is_shown in config.get("pages", ()) if is_shown]
    bar = _navbar(config, page)
    further: list[str] = []
    if bar is not None:
        if bar.get("visible", True) is not True:
            return ""
        main = bar.get("main_page_name", "Home")
        further = [name for name, _ in bar.get("value") or ()]
        names = [*([] if main is False else [main]), *names[1:], *further]
    if len(names) < 2 and not further:
        return ""
    return "<nav>" + "".join(f"<a>{_text(name)}</a>" for name in names) + "</nav>"


def _navbar(config: Mapping[str, Any], page: str) -> Mapping[str, Any] | None:
    """The props of the page's own navigation bar."""
    entry = config.get("page", {}).get(page)
    for component in config["components"]:
        if component["type"] == "navbar" and (
            entry is None or component["id"] in entry["components"]
        ):
            props: Mapping[str, Any] = component["props"]
            return props
    return None


class _Painter:
    def __init__(self, components: Iterable[Mapping[str, Any]]) -> None:
        self._blocks = {component["id"]: component for component in components}
        self._left = _MOST_BLOCKS
        self.sides = ""
        """The room that is kept for sidebars, as they will stand there when they are drawn."""

    def nodes(self, nodes: Iterable[Mapping[str, Any]]) -> str:
        return "".join(map(self.node, nodes))

    def node(self, node: Mapping[str, Any]) -> str:
        """One block with what is inside."""
        block = self._blocks.get(node["id"])
        if block is None or self._left <= 0:
            return ""
        self._left -= 1
        tag, props = block["type"], block["props"]
        if tag in _NOTHING or props.get("visible", True) is not True:
            if tag == "sidebar" and props.get("visible", True) is True:
                self.sides += _side(props)
            return ""
        if "children" in node:
            return self._container(tag, props, node["children"])
        return self._component(tag, props)

    def _container(
        self, tag: str, props: Mapping[str, Any], children: list[Mapping[str, Any]]
    ) -> str:
        if tag == "tabs":
            return self._tabs(children)
        if tag == "popover":
            return "" if props.get("variant") == "help" else self._component("button", props)
        if tag == "tooltip":
            return f"<div{_size(props)}>{self.nodes(children)}</div>"
        if tag == "accordion":
            inner = self.nodes(children) if props.get("open", True) else ""
            label = f"<span>{_text(props.get('label'))}</span>"
            return f'<div class="block padded"{_size(props)}>{label}{inner}</div>'
        classes = tag if tag in _FRAMES else "column"
        if props.get("variant") in ("compact", "panel"):
            classes += f" {props['variant']}"
        if tag == "row":
            classes += " equal-height" if props.get("equal_height") else " unequal-height"
        inner = self.nodes(children)
        if tag == "form" and not inner:
            return ""
        return f'<div class="{classes}"{_size(props)}>{inner}</div>'

    def _tabs(self, children: list[Mapping[str, Any]]) -> str:
        names: list[str] = []
        for child in children:
            props = self._blocks.get(child["id"], {}).get("props", {})
            if props.get("visible", True) is True:
                names.append(f"<span>{_text(props.get('label'))}</span>")
        inner = self.nodes(children[0].get("children", ())) if children else ""
        return f'<div class="column"><div class="tab-nav">{"".join(names)}</div>{inner}</div>'

    def _component(self, tag: str, props: Mapping[str, Any]) -> str:
        if tag in _BUTTONS:
            look = f"{props.get('size', 'lg')} {props.get('variant', 'secondary')}"
            caption = _text(props.get("label") or props.get("value"))  # of some it is a file
            return f'<a class="{escape(look)}"{_size(props)}>{caption}</a>'
        if tag == "markdown":
            return f'<div class="prose"{_size(props)}>{_markdown(props.get("value"))}</div>'
        if tag == "html":
            height = _pixels(props.get("min_height"), 0)
            return f'<div{_size(props)}><div style="min-height:{height}px"></div></div>'
        if tag == "skeleton":
            return f"<div{_size(props, _skeleton(props))}></div>"
        label = ""
        if props.get("label") and props.get("show_label", True):
            label = f"<span>{_text(props['label'])}</span>"
        bare = " no-container" if props.get("container") is False else ""
        if tag in _MEDIA:
            height = _pixels(props.get("height"), _MEDIA[tag])
            if tag == "code":
                height = 52 + 20 * _lines(props)
            return f'<div class="block media{bare}"{_size(props, height)}>{label}</div>'
        if props.get("info"):
            label += f"<small>{_text(props['info'])}</small>"
        height = _CONTROLS.get(tag, 38)
        if tag == "textbox":
            height += (max(1, _pixels(props.get("lines"), 1)) - 1) * 39 // 2
        control = f'<i style="height:{height}px"></i>' if height else ""
        return f'<div class="block padded{bare}"{_size(props)}>{label}{control}</div>'


def _side(props: Mapping[str, Any]) -> str:
    """An empty sidebar, and the room beside which the page stands. NOTE: as in Sidebar.svelte."""
    given = props.get("width", 320)
    width = f"{given}px" if isinstance(given, (int, float)) else str(given)
    side = "right" if props.get("position") == "right" else "left"
    room = width if props.get("open", True) and _LENGTH.fullmatch(width) else "24px"
    return (
        f"<style>.fp{{padding-top:44px}}@media(min-width:768px){{"
        f".fp{{padding-top:0;padding-{side}:{room}}}.fp>.{side}{{position:fixed;inset-block:0;"
        f"{side}:0;inline-size:{'0' if room == '24px' else room};"
        "background:var(--background-fill-secondary)}}</style>"
        f'<div class="{side}"></div>'
    )


def _text(value: Any) -> str:
    return escape(str(value)[:_MOST_TEXT]) if value is not None else ""


def _skeleton(props: Mapping[str, Any]) -> int:
    """How high the grey shapes are."""
    rows, variant = props.get("lines", 3), props.get("variant", "text")
    if variant in ("text", "chat"):
        return int(rows * 24 - 10 if variant == "text" else rows * 64 - 14)
    height = _pixels(props.get("height"), 48 if variant == "circle" else 160)
    return int(height + 30 + rows * 24) if variant == "card" else height


def _lines(props: Mapping[str, Any]) -> int:
    """How many of a program are shown."""
    least, most = _pixels(props.get("lines"), 5), _pixels(props.get("max_lines"), 9_999)
    return min(max(least, str(props.get("value") or "").count("\n") + 1), most)


def _pixels(value: Any, otherwise: int) -> int:
    return int(value) if isinstance(value, (int, float)) and 0 <= value < 10_000 else otherwise


def _size(props: Mapping[str, Any], height: int | None = None) -> str:
    """The attribute for the block's share of its row."""
    styles = [] if height is None else [f"height:{height}px"]
    scale, width = props.get("scale"), props.get("min_width")
    if isinstance(scale, (int, float)):
        styles.append(f"flex-grow:{scale:g}")
    if isinstance(width, (int, float)) and width:
        styles.append(f"min-width:min({width:g}px,100%)")
    return f' style="{";".join(styles)}"' if styles else ""


_HEADING = re.compile(r"(#{1,4}) +(.*)")


def _markdown(value: Any) -> str:
    """Headings and paragraphs without their inner marks: close enough for a moment."""
    if not isinstance(value, str):
        return ""
    parts: list[str] = []
    for paragraph in value[:_MOST_TEXT].strip().split("\n\n"):
        text = " ".join(line.strip() for line in paragraph.splitlines())
        found = _HEADING.match(text)
        tag = f"h{len(found[1])}" if found else "p"
        plain = re.sub(r"\[([^\]\[]*)\]\([^()\s]*\)", r"\1", found[2] if found else text)
        plain = re.sub(r"[*_`]{1,3}", "", plain)
        if plain and not plain.startswith("<"):
            parts.append(f"<{tag}>{escape(plain)}</{tag}>")
    return "".join(parts)
