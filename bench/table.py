"""`Row` and how rows are printed. A figure is the median of its rounds, with least and most."""

from __future__ import annotations

from dataclasses import dataclass, field
from statistics import median

__all__ = ["Row", "print_table"]

COLUMNS = ("limelight", "gradio", "nicegui")


@dataclass
class Row:
    """One thing that was measured."""

    what: str
    unit: str
    most_ratio: float | None = None
    """Target: ours divided by Gradio's is at most this."""
    least_ratio: float | None = None
    """Target: ours divided by Gradio's is at least this."""
    most: float | None = None
    """Target: ours is at most this."""
    is_at_most_nicegui: bool = False
    """Target: ours is at most NiceGUI's."""
    digits: int = 1
    note: str = ""
    samples: dict[str, list[float]] = field(default_factory=dict[str, list[float]])

    def add(self, contestant: str, value: float) -> None:
        """One round's figure."""
        self.samples.setdefault(contestant, []).append(value)

    def figure(self, contestant: str) -> float | None:
        """The median, None if it was not measured."""
        samples = self.samples.get(contestant)
        return median(samples) if samples else None

    @property
    def ratio(self) -> float | None:
        """Ours divided by Gradio's."""
        ours, peers = self.figure("limelight"), self.figure("gradio")
        return None if ours is None or not peers else ours / peers

    @property
    def target(self) -> str:
        """The target in words."""
        parts: list[str] = []
        if self.most_ratio is not None:
            parts.append(f"<= 1/{1 / self.most_ratio:.0f}")
        if self.least_ratio is not None:
            parts.append(f">= {self.least_ratio:g}")
        if self.most is not None:
            parts.append(f"<= {self.most:g} {self.unit}".rstrip())
        if self.is_at_most_nicegui:
            parts.append("<= nicegui")
        return ", ".join(parts)

    @property
    def verdict(self) -> str:
        """`ok`, `missed`, or nothing where there is no target or no figure."""
        ours = self.figure("limelight")
        checks: list[bool] = []
        if self.most_ratio is not None and self.ratio is not None:
            checks.append(self.ratio <= self.most_ratio)
        if self.least_ratio is not None and self.ratio is not None:
            checks.append(self.ratio >= self.least_ratio)
        if ours is not None and self.most is not None:
            checks.append(ours <= self.most)
        nicegui = self.figure("nicegui")
        if ours is not None and self.is_at_most_nicegui and nicegui is not None:
            checks.append(ours <= nicegui)
        return "" if not checks else "ok" if all(checks) else "missed"

    def cell(self, contestant: str) -> str:
        """Median and, of several rounds, range."""
        samples = self.samples.get(contestant)
        if not samples:
            return "-"
        text = f"{median(samples):.{self.digits}f}"
        if min(samples) < max(samples):
            text += f" ({min(samples):.{self.digits}f}..{max(samples):.{self.digits}f})"
        return text

    def cells(self) -> list[str]:
        """The row as texts."""
        what = f"{self.what} [{self.unit}]" if self.unit else self.what
        ratio = self.ratio
        told = "-" if not ratio else f"1/{1 / ratio:.1f}" if ratio < 1 else f"{ratio:.2f}"
        return [what, *map(self.cell, COLUMNS), told, self.target, self.verdict]


def print_table(rows: list[Row]) -> None:
    """Print rows below a head, in columns."""
    head = ["what", *COLUMNS, "ratio", "target", "ok"]
    lines = [head, *(row.cells() for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for number, line in enumerate(lines):
        print(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        )
        if number == 0:
            print("  ".join("-" * width for width in widths))
    for row in rows:
        if row.note:
            print(f"{row.what}: {row.note}")
