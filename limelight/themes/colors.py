"""The palettes a theme is painted with: 22 hues in 11 shades each.

Every hue is our own ramp in OKLCH, tuned by contrast instead of by lightness, so that a theme stays
readable whichever hue it is given: white text may stand on 600 and darker of any hue (at least
4.5:1), and of a grey 400 is a line that can be seen on white (at least 3:1). Knows nothing of
custom properties.
"""

from __future__ import annotations

from typing import ClassVar

from limelight.core.props import closest
from limelight.errors import PropError

__all__ = [
    "SHADES",
    "Color",
    "amber",
    "blue",
    "cyan",
    "emerald",
    "find_color",
    "fuchsia",
    "gray",
    "green",
    "indigo",
    "lime",
    "neutral",
    "orange",
    "pink",
    "purple",
    "red",
    "rose",
    "sky",
    "slate",
    "stone",
    "teal",
    "violet",
    "yellow",
    "zinc",
]

SHADES = ("50", "100", "200", "300", "400", "500", "600", "700", "800", "900", "950")
"""Names of the shades of a palette, from light to dark."""


class Color:
    """A palette: one hue in 11 shades from light (`c50`) to dark (`c950`), each any CSS colour."""

    all: ClassVar[tuple[Color, ...]] = ()
    """The named palettes of this module, in the order below."""

    def __init__(
        self,
        c50: str,
        c100: str,
        c200: str,
        c300: str,
        c400: str,
        c500: str,
        c600: str,
        c700: str,
        c800: str,
        c900: str,
        c950: str,
        name: str | None = None,
    ) -> None:
        self.c50 = c50
        self.c100 = c100
        self.c200 = c200
        self.c300 = c300
        self.c400 = c400
        self.c500 = c500
        self.c600 = c600
        self.c700 = c700
        self.c800 = c800
        self.c900 = c900
        self.c950 = c950
        self.name = name

    def expand(self) -> list[str]:
        """The shades, from light to dark."""
        return [
            self.c50,
            self.c100,
            self.c200,
            self.c300,
            self.c400,
            self.c500,
            self.c600,
            self.c700,
            self.c800,
            self.c900,
            self.c950,
        ]

    def __repr__(self) -> str:
        return f"Color({self.name or self.c500!r})"


def find_color(color: object, *, parameter: str) -> Color:
    """The palette that an author named, or gave.

    Args:
        color: A `Color`, or the name of one of this module's.
        parameter: What the author called it, for the message.

    Raises:
        PropError: There is no such palette.
    """
    if isinstance(color, Color):
        return color
    known = {c.name: c for c in Color.all}
    if isinstance(color, str) and color in known:
        return known[color]
    near = closest(color, known) if isinstance(color, str) else ""
    raise PropError(
        f"{parameter}={color!r} is not a palette. Expected a `Color` or one of"
        f" {', '.join(str(n) for n in known)}.{near}"
    )


slate = Color(
    "#f8fafd",
    "#f1f4fa",
    "#e0e6f0",
    "#cad3e1",
    "#8492a8",
    "#5c6b82",
    "#45556a",
    "#334156",
    "#1d293c",
    "#111b2a",
    "#08101c",
    name="slate",
)
gray = Color(
    "#f8fafc",
    "#f2f4f8",
    "#e3e6ec",
    "#ced3dc",
    "#8a919f",
    "#636a78",
    "#4d5462",
    "#39414d",
    "#232934",
    "#161b24",
    "#0c1018",
    name="gray",
)
zinc = Color(
    "#f9fafb",
    "#f3f4f5",
    "#e5e5e8",
    "#d2d2d7",
    "#8f9197",
    "#686a71",
    "#52535a",
    "#3f4047",
    "#28282e",
    "#1a1b1f",
    "#0f1014",
    name="zinc",
)
neutral = Color(
    "#f9f9f9",
    "#f3f3f3",
    "#e5e5e5",
    "#d2d2d2",
    "#919191",
    "#6a6a6a",
    "#535353",
    "#404040",
    "#282828",
    "#1b1b1b",
    "#101010",
    name="neutral",
)
stone = Color(
    "#faf9f9",
    "#f5f3f2",
    "#e8e5e3",
    "#d6d2cf",
    "#96908b",
    "#6f6963",
    "#58534d",
    "#453f3a",
    "#2c2823",
    "#1e1a17",
    "#130f0c",
    name="stone",
)
red = Color(
    "#fef8f8",
    "#feeeee",
    "#ffc5c4",
    "#fe9a97",
    "#fe6b69",
    "#f03d41",
    "#d92a31",
    "#b41c24",
    "#91181c",
    "#731819",
    "#4b1211",
    name="red",
)
orange = Color(
    "#fef8f2",
    "#ffefe1",
    "#ffd3af",
    "#feb57d",
    "#ff954a",
    "#f97614",
    "#bc5101",
    "#9c3f00",
    "#813000",
    "#6a2403",
    "#451908",
    name="orange",
)
amber = Color(
    "#fdf9ef",
    "#fcf1da",
    "#f7deb0",
    "#f9c97a",
    "#f9b341",
    "#f29f09",
    "#a26301",
    "#874e02",
    "#713c01",
    "#5e2e00",
    "#401d04",
    name="amber",
)
yellow = Color(
    "#fbf9ee",
    "#f6f2da",
    "#f2e7b5",
    "#f1da81",
    "#f1cc4b",
    "#edbe12",
    "#916b05",
    "#7b5400",
    "#684100",
    "#583200",
    "#3f1e00",
    name="yellow",
)
lime = Color(
    "#f7fbee",
    "#ecf6d8",
    "#daeeb4",
    "#c4e780",
    "#addf4e",
    "#99d625",
    "#557d03",
    "#426602",
    "#335201",
    "#264200",
    "#172c00",
    name="lime",
)
green = Color(
    "#f0fcf4",
    "#def8e5",
    "#b7ebc4",
    "#84de9b",
    "#53d075",
    "#2bbf56",
    "#048337",
    "#016a2d",
    "#005625",
    "#00451e",
    "#002e12",
    name="green",
)
emerald = Color(
    "#edfdf6",
    "#d7fae9",
    "#abebcd",
    "#72ddaf",
    "#3bcd95",
    "#02ba80",
    "#00815b",
    "#04694d",
    "#03543f",
    "#014333",
    "#002d23",
    name="emerald",
)
teal = Color(
    "#effcfa",
    "#dbf8f4",
    "#a9e0d8",
    "#6fcabf",
    "#35b3a7",
    "#0b9a90",
    "#047f78",
    "#006763",
    "#025351",
    "#004242",
    "#002c2d",
    name="teal",
)
cyan = Color(
    "#edfcfe",
    "#d8f8fb",
    "#aae7ef",
    "#70d6e6",
    "#36c4d9",
    "#03b0c9",
    "#047c90",
    "#026577",
    "#005163",
    "#014150",
    "#002a37",
    name="cyan",
)
sky = Color(
    "#f3faff",
    "#e3f4fe",
    "#b0e1ff",
    "#77ccfe",
    "#3ab7f9",
    "#02a2e8",
    "#0078b0",
    "#006192",
    "#004e77",
    "#033e62",
    "#052941",
    name="sky",
)
blue = Color(
    "#f5f9ff",
    "#e9f3ff",
    "#b8d6fe",
    "#87b8fe",
    "#589bff",
    "#2a7efd",
    "#236be6",
    "#1f55bf",
    "#1e449b",
    "#1c3779",
    "#15244f",
    name="blue",
)
indigo = Color(
    "#f8f9ff",
    "#eef1ff",
    "#c1cdff",
    "#98a9ff",
    "#7685ff",
    "#5e63f2",
    "#5453dd",
    "#4945bc",
    "#3e3a9a",
    "#333079",
    "#222050",
    name="indigo",
)
violet = Color(
    "#f9f8fe",
    "#f2f0fe",
    "#d3caff",
    "#b6a4ff",
    "#9e7fff",
    "#885bf6",
    "#7447dc",
    "#603cbc",
    "#4e349a",
    "#3d2c7a",
    "#281e51",
    name="violet",
)
purple = Color(
    "#fbf8ff",
    "#f7efff",
    "#e2c7ff",
    "#cfa0ff",
    "#bd78ff",
    "#a954f3",
    "#9847e1",
    "#7c37bc",
    "#632d98",
    "#4e2678",
    "#321a4e",
    name="purple",
)
fuchsia = Color(
    "#fdf7fe",
    "#fcedff",
    "#f5c5fe",
    "#ef9bff",
    "#e76efc",
    "#d549eb",
    "#b92ecc",
    "#991fa8",
    "#7c1a87",
    "#631969",
    "#411244",
    name="fuchsia",
)
pink = Color(
    "#fff7fc",
    "#ffedf6",
    "#ffc4e1",
    "#ff99ca",
    "#fe69b2",
    "#ee4196",
    "#d1277e",
    "#ae1965",
    "#8d154f",
    "#70163e",
    "#491128",
    name="pink",
)
rose = Color(
    "#fef8f8",
    "#feeef0",
    "#fec5cb",
    "#fe9aa5",
    "#fe6a80",
    "#f03c60",
    "#d82751",
    "#b31940",
    "#901734",
    "#72172a",
    "#4b111c",
    name="rose",
)

Color.all = (
    slate,
    gray,
    zinc,
    neutral,
    stone,
    red,
    orange,
    amber,
    yellow,
    lime,
    green,
    emerald,
    teal,
    cyan,
    sky,
    blue,
    indigo,
    violet,
    purple,
    fuchsia,
    pink,
    rose,
)
