"""The scales a theme is measured with: seven steps each of text size, spacing and corner radius.

Text is in rem, so that it follows the reader's own font size; spacing and radii are in px. Knows
nothing of CSS rules.
"""

from __future__ import annotations

from typing import ClassVar

from limelight.core.props import closest
from limelight.errors import PropError

__all__ = [
    "STEPS",
    "Size",
    "find_size",
    "radius_lg",
    "radius_md",
    "radius_none",
    "radius_sm",
    "radius_xxl",
    "spacing_lg",
    "spacing_md",
    "spacing_sm",
    "text_lg",
    "text_md",
    "text_sm",
]

STEPS = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl")
"""Names of the steps of a scale, from small to large."""


class Size:
    """A scale: seven CSS lengths from small (`xxs`) to large (`xxl`)."""

    all: ClassVar[tuple[Size, ...]] = ()
    """The named scales of this module, in the order below."""

    def __init__(
        self,
        xxs: str,
        xs: str,
        sm: str,
        md: str,
        lg: str,
        xl: str,
        xxl: str,
        name: str | None = None,
    ) -> None:
        self.xxs = xxs
        self.xs = xs
        self.sm = sm
        self.md = md
        self.lg = lg
        self.xl = xl
        self.xxl = xxl
        self.name = name

    def expand(self) -> list[str]:
        """The steps, from small to large."""
        return [self.xxs, self.xs, self.sm, self.md, self.lg, self.xl, self.xxl]

    def __repr__(self) -> str:
        return f"Size({self.name or self.md!r})"


def find_size(size: object, *, prefix: str) -> Size:
    """The scale that an author named, or gave.

    Args:
        size: A `Size`, the name of one of this module's, or that name without its prefix (`"lg"`).
        prefix: `text`, `spacing` or `radius`.

    Raises:
        PropError: There is no such scale.
    """
    if isinstance(size, Size):
        return size
    known = {s.name: s for s in Size.all if s.name and s.name.startswith(f"{prefix}_")}
    if isinstance(size, str):
        for name in (size, f"{prefix}_{size}"):
            if name in known:
                return known[name]
    near = closest(size, known) if isinstance(size, str) else ""
    raise PropError(
        f"{prefix}_size={size!r} is not a scale. Expected a `Size` or one of"
        f" {', '.join(str(n) for n in known)}.{near}"
    )


radius_none = Size("0px", "0px", "0px", "0px", "0px", "0px", "0px", name="radius_none")
radius_sm = Size("1px", "2px", "3px", "4px", "6px", "8px", "10px", name="radius_sm")
radius_md = Size("2px", "4px", "6px", "8px", "10px", "12px", "16px", name="radius_md")
radius_lg = Size("3px", "6px", "8px", "10px", "14px", "18px", "24px", name="radius_lg")
radius_xxl = Size("6px", "10px", "14px", "18px", "22px", "28px", "36px", name="radius_xxl")

spacing_sm = Size("1px", "2px", "3px", "4px", "6px", "10px", "12px", name="spacing_sm")
spacing_md = Size("1px", "2px", "4px", "6px", "8px", "12px", "16px", name="spacing_md")
spacing_lg = Size("2px", "4px", "6px", "8px", "12px", "16px", "24px", name="spacing_lg")

text_sm = Size(
    "0.625rem",
    "0.6875rem",
    "0.75rem",
    "0.8125rem",
    "0.9375rem",
    "1.125rem",
    "1.375rem",
    name="text_sm",
)
text_md = Size(
    "0.6875rem", "0.75rem", "0.8125rem", "0.875rem", "1rem", "1.25rem", "1.625rem", name="text_md"
)
text_lg = Size(
    "0.75rem", "0.8125rem", "0.875rem", "1rem", "1.125rem", "1.5rem", "1.875rem", name="text_lg"
)

Size.all = (
    radius_none,
    radius_sm,
    radius_md,
    radius_lg,
    radius_xxl,
    spacing_sm,
    spacing_md,
    spacing_lg,
    text_sm,
    text_md,
    text_lg,
)
