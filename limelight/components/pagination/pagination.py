"""Pagination: which page of many is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_object, plain
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ["Pagination"]

_TYPES = ("page", "slice")


class Pagination(Component[Any, Any], tag="pagination"):
    """Leads through the pages of something long: the first, the last, the next, and those around.

    The function gets the number of the page, or with `type="slice"` what the page shows, so that
    `rows[pages]` is what there is to draw. A page that is no more, because there is less of it now,
    becomes the last one.
    """

    total: int = prop(default=0, kw_only=False)
    """How many entries there are on all pages together."""
    page_size: int = 10
    """How many entries a page has."""
    value: int | Callable[..., int] = prop(default=1)
    """Number of the page that is shown at first; the first page is 1."""
    type: Literal["page", "slice"] = "page"
    """What the function gets: the number of the page, or the `slice` of the entries on it."""
    siblings: int = 1
    """How many pages are offered on each side of the one that is shown."""
    boundaries: int = 1
    """How many pages are offered at the beginning and at the end."""
    show_total: bool = True
    """Whether it says which entries are shown, of how many."""
    page_sizes: Sequence[int] | None = None
    """Sizes of a page that the reader can choose from; None offers none."""
    container: bool = False
    """Whether it is drawn in a frame."""
    show_label: bool | None = False
    """Whether the label is shown; it is still read out by screen readers if not."""

    change = events.change
    input = events.input
    select = events.select

    def setup(self) -> None:
        if self.page_sizes is not None:
            self.page_sizes = [*self.page_sizes]
        super().setup()

    def check(self) -> None:
        check_among(self, type=_TYPES)
        for name, least in (("total", 0), ("page_size", 1), ("siblings", 0), ("boundaries", 0)):
            number = getattr(self, name)
            if not _is_number(number, least):
                raise PropError(
                    f"Pagination() was given {name}={number!r}; expected a whole number, at least "
                    f"{least}."
                )
        if self.page_sizes is not None and not all(_is_number(n, 1) for n in self.page_sizes):
            raise PropError(
                f"Pagination() was given page_sizes={self.page_sizes!r}; expected a list of whole "
                "numbers, such as [10, 20, 50]."
            )
        super().check()

    def preprocess(self, payload: Any) -> int | slice:
        """Number of the page, from 1 on, at most the last one's; with `type="slice"` what it shows.

        With 25 entries, 10 to a page, page 3 is `slice(20, 25)`.

        Raises:
            PayloadError: it is no page, or of a size that is not offered.
        """
        page, size = self._read(payload)
        page = min(page, max(1, -(-self.total // size)))
        if self.type == "page":
            return page
        start = (page - 1) * size
        return slice(start, min(start + size, self.total))

    def postprocess(self, value: Any) -> int | dict[str, int]:
        """The number of the page to show; None is the first. The page stops at its last one.

        Raises:
            ValueRejected: it is no whole number.
        """
        if value is None:
            return 1
        if is_object(value) and {"page", "page_size"} == value.keys():  # as the reader left it
            page, size = value["page"], value["page_size"]
            if _is_number(page) and _is_number(size, 1):
                return {"page": max(1, page), "page_size": size}
        number: int = plain(value)
        if not _is_number(number):
            raise ValueRejected(
                f"{self!r} cannot show {value!r}; expected the number of a page, from 1 on. To "
                "change how many there are, return gr.Pagination(total=...)."
            )
        return max(1, number)

    def api_info(self) -> dict[str, Any]:
        page = {"type": "integer", "minimum": 1}
        if not self.page_sizes:
            return page
        size = {"enum": self._sizes(), "type": "integer"}
        both = {
            "type": "object",
            "properties": {"page": page, "page_size": size},
            "required": ["page", "page_size"],
        }
        return {"anyOf": [page, both]}

    def example_payload(self) -> int:
        return 1

    def example_value(self) -> int:
        return 1

    def read_from_flag(self, payload: Any) -> Any:
        import json

        return json.loads(payload) if isinstance(payload, str) else payload

    def _sizes(self) -> list[int]:
        return sorted({self.page_size, *(self.page_sizes or ())})

    def _read(self, payload: Any) -> tuple[int, int]:
        page: Any = payload
        size: Any = self.page_size
        if payload is None:
            page = 1
        elif is_object(payload):
            page, size = payload.get("page"), payload.get("page_size", size)
        if not _is_number(page, 1):
            raise PayloadError(
                f"{self!r} got {payload!r}; expected the number of a page, from 1 on."
            )
        if not _is_number(size, 1) or size not in self._sizes():
            raise PayloadError(
                f"{self!r} got {payload!r}; expected a page_size among {self._sizes()!r}."
            )
        return page, size


def _is_number(value: Any, least: int | None = None) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    return least is None or value >= least
