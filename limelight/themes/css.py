"""A theme as CSS: one style sheet of custom properties, with their dark values.

Everything stands in cascade layers, so an author's `css=`, which stands in none, wins without
`!important`. Knows nothing of which element uses what; that is `web/src/theme/base.css`.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from limelight.core.props import closest
from limelight.errors import PropError
from limelight.themes.tokens import EXTRAS, VARIABLES

if TYPE_CHECKING:
    from limelight.themes.theme import ThemeClass

__all__ = ["LAYERS", "MODE_SCRIPT", "body_css", "resolve", "theme_css", "theme_hash"]

# NOTE: the same order as in web/src/theme/base.css.
LAYERS = "@layer limelight.theme, limelight.base, limelight.components, limelight.skin;"
"""The order of our cascade layers, weakest first."""

# NOTE: the same key and rule as in web/src/theme/mode.ts.
MODE_SCRIPT = (
    "(()=>{let m=new URLSearchParams(location.search).get('__theme');"
    "try{m??=localStorage.getItem('limelight:theme')}catch{}"
    "const d=m==='dark'||m!=='light'&&matchMedia('(prefers-color-scheme: dark)').matches;"
    "document.body.classList.toggle('dark',d);"
    "document.documentElement.style.colorScheme=d?'dark':'light'})()"
)
"""First script of the body: makes the first paint dark where that is wanted."""

_REFERENCE = re.compile(r"\*([A-Za-z][A-Za-z0-9_]*)")
_DARK = "_dark"


def theme_css(theme: ThemeClass) -> str:
    """The style sheet of a theme.

    Raises:
        PropError: A value could end the style sheet, or refers to a name that there is not.
    """
    values = _values(theme)
    light = {name: value for name, value in values.items() if not name.endswith(_DARK)}
    dark = {name.removesuffix(_DARK): v for name, v in values.items() if name.endswith(_DARK)}
    for name, value in values.items():
        _check_references(name, value, values)
    # Every page holds it, and may not wait for it: no blanks, and nothing is said twice.
    sheet = LAYERS + "@layer limelight.theme{"
    darkened = _darkened(light, dark)
    shared = {name: value for name, value in darkened.items() if light.get(name) == value}
    sheet += _rule(":root", "light", {n: v for n, v in light.items() if n not in shared})
    if shared:
        sheet += f":root,.dark{{{_declarations(shared).removeprefix(';')}}}"
    changed = {name: value for name, value in darkened.items() if name not in shared}
    sheet += _rule(".dark", "dark", changed) + "}"
    if theme.custom_css:
        sheet += "\n@layer limelight.skin {\n" + _check_rules(theme.custom_css) + "\n}"
    return sheet + "\n"


def theme_hash(theme: ThemeClass) -> str:
    """The sha256 of a theme's style sheet in hexadecimal digits."""
    return hashlib.sha256(theme_css(theme).encode()).hexdigest()


def resolve(theme: ThemeClass, name: str) -> str:
    """The value of a variable with every `*reference` replaced by what it stands for.

    Args:
        theme: The theme.
        name: Attribute name; one that ends in `_dark` is resolved as on a dark page.

    Raises:
        PropError: There is no such variable, or it refers to itself.
    """
    return _resolve(name.removesuffix(_DARK), _values(theme), is_dark=name.endswith(_DARK), path=())


def body_css(theme: ThemeClass) -> dict[str, str]:
    """Fill and text of the page before its style sheet is there, light and dark."""
    names = ("body_background_fill", "body_text_color")
    return {name: resolve(theme, name) for n in names for name in (n, n + _DARK)}


def _values(theme: ThemeClass) -> dict[str, str]:
    """What the theme says, and our additions."""
    said = theme.values()
    extras = dict(EXTRAS)
    if said["color_accent"] != VARIABLES["color_accent"]:
        # An accent of the author's own is the same in both: the API has no dark name for it.
        del extras["color_accent_dark"]
    return {**extras, **said}


def _resolve(name: str, values: dict[str, str], *, is_dark: bool, path: tuple[str, ...]) -> str:
    if name in path:
        circle = " → ".join((*path, name))
        raise PropError(f"theme variable {name!r} refers to itself: {circle}. Expected a value.")
    value = values.get(name + _DARK) if is_dark else None
    if value is None:
        value = values.get(name)
    if value is None:
        raise PropError(f"the theme has no variable {name!r}.{closest(name, values)}")
    return _REFERENCE.sub(
        lambda m: _resolve(m[1], values, is_dark=is_dark, path=(*path, name)), value
    )


def _check_references(name: str, value: str, values: dict[str, str]) -> None:
    for referred in _REFERENCE.findall(value):
        if referred.endswith(_DARK):
            raise PropError(
                f"theme variable {name!r} refers to '*{referred}'. Expected a name without"
                f" '_dark': '*{referred.removesuffix(_DARK)}' is dark where the page is."
            )
        if referred not in values:
            raise PropError(
                f"theme variable {name!r} refers to '*{referred}', which there is not."
                f"{closest(referred, values)}"
            )


def _darkened(light: dict[str, str], dark: dict[str, str]) -> dict[str, str]:
    """What is to be declared where the page is dark.

    A property is computed where it is declared. So what refers to others, over however many steps,
    is declared again where they are dark, or it would keep their light values.
    """
    changed = {name for name, value in dark.items() if light.get(name) != value}
    known = 0
    while known != len(changed):
        known = len(changed)
        for name, value in {**light, **dark}.items():
            if not changed.isdisjoint(_REFERENCE.findall(value)):
                changed.add(name)
    values = {**light, **dark}
    return {name: values[name] for name in sorted(changed)}


def _rule(selector: str, scheme: str, values: dict[str, str]) -> str:
    return f"{selector}{{color-scheme:{scheme}{_declarations(values)}}}"


def _declarations(values: dict[str, str]) -> str:
    return "".join(f";--{_kebab(name)}:{_with_var(value)}" for name, value in values.items())


def _kebab(name: str) -> str:
    if not re.fullmatch(r"\w+", name):
        raise PropError(f"the theme has an attribute {name!r}. Expected letters, digits and '_'.")
    return name.replace("_", "-")


def _with_var(value: str) -> str:
    if '"' not in value:
        value = value.replace(", ", ",")
    return _REFERENCE.sub(lambda m: f"var(--{_kebab(m[1])})", value)


def _check_rules(css: str) -> str:
    if "</" in css or "<!" in css:
        raise PropError(
            "custom_css of the theme contains markup ('</' or '<!'). Expected CSS rules only."
        )
    return css.strip()
