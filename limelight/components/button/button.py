"""Button: something to press; ClearButton: empties other components."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.props import prop

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from limelight.core.block import Block

__all__ = ["Button", "ClearButton"]


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


def _icon_file(icon: Any) -> Any:
    """The image as the page gets it; addresses are left to the browser."""
    if not isinstance(icon, (str, PurePath)):
        return icon
    text = str(icon)
    if text.startswith(("http://", "https://", "data:")):
        return FileData(path=text, url=text).model_dump()
    return FileData.from_path(text)
