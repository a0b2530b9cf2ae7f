"""Button: something to press, and buttons that know what they do.

ClearButton empties components, DeepLinkButton copies a link, DuplicateButton and LoginButton lead
to Hugging Face.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import context, events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.media.icons import icon_file

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from limelight.core.block import Block

__all__ = ["Button", "ClearButton", "DeepLinkButton", "DuplicateButton", "LoginButton"]

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
            self.icon = icon_file(self.icon)
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


class DuplicateButton(Button, tag="button"):
    """Opens the page on which one's own copy of the app is made, when it is a Hugging Face Space.

    Elsewhere it says that there is nothing to copy.
    """

    value: str | Callable[..., str] = prop(default="Duplicate Space", kw_only=False)
    """Its caption."""
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "huggingface"
    """`"primary"` for the main action of a page, `"huggingface"` for the colours of that site."""
    size: Literal["sm", "md", "lg"] = "sm"
    """How large it is drawn."""
    scale: int | None = 0
    """Its share of the width in a Row; 0 does not grow, None is 1."""
    activates: bool = prop(default=True, wire=False, alias="_activate")
    """Whether it listens for clicks by itself."""

    def placed(self) -> None:
        super().placed()
        if self.activates and self.link is None and context.open_graph.get() is not None:
            self.activate()

    def activate(self) -> None:
        """Listen for clicks; a button that is made inside an app does so by itself."""
        import json
        import os
        import re

        space = os.environ.get("SPACE_ID", "")
        if re.fullmatch(r"[\w.-]+/[\w.-]+", space):
            address = json.dumps(f"https://huggingface.co/spaces/{space}?duplicate=true")
            script = f'() => {{ window.open({address}, "_blank", "noopener,noreferrer"); }}'
            self.click(None, js=script, queue=False, api_visibility="private")
        else:
            self.click(_say_no_space, queue=False, api_visibility="private", show_progress="hidden")


class LoginButton(Button, tag="button"):
    """Asks the reader to log in with Hugging Face.

    This version draws it, and with `link=` it leads to a page of your own. It cannot log anybody in
    by itself yet: a click says so.
    """

    value: str | Callable[..., str] = prop(default="Sign in with Hugging Face", kw_only=False)
    """Its caption."""
    logout_value: str = prop(default="Logout ({})", kw_only=False)
    """Its caption for those who are logged in; `{}` is their name."""
    variant: Literal["primary", "secondary", "stop", "huggingface"] = "huggingface"
    """`"primary"` for the main action of a page, `"huggingface"` for the colours of that site."""
    icon: str | Path | None = "huggingface-logo.svg"
    """Path or URL of an image in front of the caption; a smiling face if it is left away."""

    def setup(self) -> None:
        if "icon" not in self._given:
            self.icon = str(PurePath(__file__).with_name("huggingface-logo.svg"))
        super().setup()

    def placed(self) -> None:
        super().placed()
        if self.link is None and context.open_graph.get() is not None:
            self.activate()

    def activate(self) -> None:
        """Listen for clicks; a button that is made inside an app does so by itself."""
        self.click(_say_no_login, queue=False, api_visibility="private", show_progress="hidden")


def _say_no_space() -> None:
    from limelight.core import notices

    notices.Warning(
        "This app does not run as a Hugging Face Space, so there is nothing to duplicate.",
        title="No Space",
    )


def _say_no_login() -> None:
    from limelight.core import notices

    notices.Warning(
        "This app cannot log anybody in with Hugging Face: this version of Limelight does not "
        "know how to yet.",
        title="No log-in",
    )
