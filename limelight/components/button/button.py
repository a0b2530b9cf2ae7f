"""Button: something to press. ClearButton empties components, DeepLinkButton copies a link."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import context, events
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.props import prop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from limelight.core.block import Block

__all__ = ["Button", "ClearButton", "DeepLinkButton"]

COPIED_S = 2.0
"""Seconds for which a button says that the link was copied."""


class Button(Component[str, str], tag="button"):
    """Something to press; its value is its caption."""

    value: str | Callable[..., str] = prop(default="Run", kw_only=False)
    """Its caption."""
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "secondary"
    """`"primary"` for the main action of a page, `"stop"` for ending something."""
    size: Literal["sm", "md", "lg"] = "lg"
    """How large it is drawn."""
    icon: str | Path | None = None
    """Path or URL of an image in front of the caption."""
    link: str | None = None
    """Address that is opened by a click."""
    link_target: Literal["_self", "_blank", "_parent", "_top"] = "_self"
    """Where the link is opened."""
    interactive: bool | None = True
    """Whether it can be pressed."""

    change = events.change
    click = events.click

    def setup(self) -> None:
        if self.icon is not None:
            self.icon = _icon_file(self.icon)
        super().setup()

    @property
    def skip_api(self) -> bool:
        return True

    def get_block_class(self) -> str:
        return "button"  # its variants, too

    def preprocess(self, payload: str | None) -> str:
        """The caption."""
        return payload or ""

    def postprocess(self, value: str | None) -> str:
        """The new caption."""
        return str(value)

    def example_payload(self) -> Any:
        return "Run"

    def example_value(self) -> Any:
        return "Run"


class ClearButton(Button, tag="button"):
    """Empties components when it is pressed, without asking the server."""

    components: Sequence[Block] | Block | None = prop(default=None, kw_only=False, wire=False)
    """What it empties."""
    value: str | Callable[..., str] = prop(default="Clear")
    """Its caption."""
    api_name: str | None = None
    """Name of its endpoint."""
    api_visibility: Literal["public", "private", "undocumented"] = "undocumented"
    """Whether its endpoint is listed."""

    def setup(self) -> None:
        super().setup()
        if self.components is not None:
            self.add(self.components)

    def add(self, components: Block | Sequence[Block] | None) -> ClearButton:
        """Empty these components, too."""
        import json

        if components is None:
            return self
        blocks: list[Any] = (
            list(components) if isinstance(components, (list, tuple)) else [components]
        )
        stateful = [b for b in blocks if getattr(b, "is_stateful", False)]
        shown = [b for b in blocks if b not in stateful]
        values = json.dumps([b.postprocess(None) for b in shown])
        self.click(
            None,
            [],
            shown,
            js=f"() => {values}",
            api_name=self.api_name,
            api_visibility=self.api_visibility,
        )
        if stateful:
            initial = [b.initial_value for b in stateful]
            self.click(
                lambda: initial if len(initial) > 1 else initial[0],
                None,
                stateful,
                api_visibility="undocumented",
            )
        return self

    def preprocess(self, payload: str | None) -> str:
        """The caption."""
        return payload or ""

    def postprocess(self, value: str | None) -> str:
        """The new caption."""
        return str(value)

    def example_payload(self) -> Any:
        return "Clear"

    def example_value(self) -> Any:
        return "Clear"


class DeepLinkButton(Button, tag="button"):
    """Copies a link to the page as its reader sees it now: whoever opens the link sees the same.

    The link holds the values that calls brought to the server or back, with their files. It leaves
    out passwords, `State` and `BrowserState`.
    """

    value: str | Callable[..., str] = prop(default="Share via Link", kw_only=False)
    """Its caption."""
    copied_value: str = prop(default="Link Copied!", kw_only=False)
    """Its caption for a moment after the link was copied."""
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "secondary"
    """`"primary"` for the main action of a page, `"secondary"` for others."""
    icon: str | Path | None = "link.svg"
    """Path or URL of an image in front of the caption; a chain link if it is left away."""

    shares_links = True
    """Tells the runtime to remember what pages show."""

    def setup(self) -> None:
        if "icon" not in self._given:
            self.icon = str(PurePath(__file__).with_name("link.svg"))
        if self.elem_id is None:
            graph = context.open_graph.get()
            others = graph.blocks.values() if graph is not None else ()
            number = sum(isinstance(other, DeepLinkButton) for other in others)
            self.elem_id = f"gradio-share-link-button-{number}"
        super().setup()

    def placed(self) -> None:
        super().placed()
        if context.open_graph.get() is not None:
            self.activate()

    def activate(self) -> None:
        """Listen for clicks; a button that is made inside an app does so by itself."""
        self.click(
            None,
            None,
            self,
            js=self.get_share_link(str(self.value), self.copied_value),
            queue=False,
            api_visibility="private",
        )
        self.click(
            self._restore, None, self, queue=False, api_name="lambda", api_visibility="undocumented"
        )

    async def _restore(self) -> Any:
        import asyncio

        await asyncio.sleep(COPIED_S)
        return self.value

    def get_share_link(
        self, value: str = "Share via Link", copied_value: str = "Link Copied!"
    ) -> str:
        """JavaScript that copies the link and gives the caption."""
        import json

        script = PurePath(__file__).with_name("share.js")
        with open(script, encoding="utf-8") as file:
            text = file.read().partition("\n")[2]  # without the line for the linter
        return text.replace("VALUE", json.dumps(value)).replace("COPIED", json.dumps(copied_value))


def _icon_file(icon: Any) -> Any:
    """The image as the page gets it; addresses are left to the browser."""
    if not isinstance(icon, (str, PurePath)):
        return icon
    text = str(icon)
    if text.startswith(("http://", "https://", "data:")):
        return FileData(path=text, url=text).model_dump()
    return FileData.from_path(text)
