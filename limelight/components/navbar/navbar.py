"""Navbar: the links at the top of a page to the other pages of an app, and to anywhere else."""

from __future__ import annotations

from typing import Any, Literal, cast

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_listing
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

__all__ = ["Navbar"]

_WIRE = ("visible", "main_page_name", "elem_id", "elem_classes", "name", "_selectable")


class Navbar(Component["list[list[str]] | None", "list[list[str]] | None"], tag="navbar"):
    """What stands in the navigation bar of a page, wherever on the page it is made.

    Without it, apps of several pages have a bar with the pages that `Blocks.route()` made.
    """

    value: list[tuple[str, str]] | None = prop(default=None, kw_only=False)
    """Further links: pairs of a text and an address, such as `("Manual", "https://…")`."""
    visible: bool | Literal["hidden"] = True
    """Whether the page has a navigation bar."""
    main_page_name: str | Literal[False] = "Home"
    """What the main page is called; False leaves it away."""

    change = events.change

    def setup(self) -> None:
        super().setup()
        name: object = self.main_page_name
        if name is not False and not isinstance(name, str):
            raise PropError(
                f"Navbar() was given main_page_name={name!r}; expected a text, or False to leave "
                "the main page away."
            )

    def wire_props(self) -> dict[str, Any]:
        props = {k: v for k, v in super().wire_props().items() if k in _WIRE}
        if props["visible"] is False:
            props["visible"] = "hidden"  # it draws nothing by itself, but takes the bar away
        return props

    def preprocess(self, payload: Any) -> list[list[str]] | None:
        """The further links, as `[["Manual", "https://…"]]`.

        Raises:
            PayloadError: they are not pairs of texts.
        """
        if payload is None:
            return None
        links = _pairs(payload)
        if links is None:
            raise PayloadError(f"{self!r} got {payload!r:.80}; expected pairs of texts.")
        return links

    def postprocess(self, value: Any) -> list[list[str]] | None:
        """The further links for pairs of a text and an address; None for no further ones.

        Raises:
            ValueRejected: they are not pairs of texts.
        """
        if value is None:
            return None
        links = _pairs(value)
        if links is None:
            raise ValueRejected(
                f"{self!r} was given {value!r:.80}; expected a list of pairs, such as "
                '[("Manual", "https://example.com")].'
            )
        return links

    def api_info(self) -> dict[str, Any]:
        return {}


def _pairs(value: Any) -> list[list[str]] | None:
    """The pairs of texts, or None if there is anything else."""
    if not is_listing(value):
        return None
    pairs: list[list[str]] = []
    for item in value:
        if not is_listing(item) or len(item) != 2 or not all(isinstance(t, str) for t in item):
            return None
        pairs.append(cast("list[str]", list(item)))
    return pairs
