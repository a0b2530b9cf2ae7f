"""Adds up the JUnit files of the test suites: `totals.py FOLDER SUITE...`.

The last line is `N passed, N failed, N skipped`. A suite that wrote no file, or ran no test, counts
as one failure.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree


class Count(NamedTuple):
    """How the tests of one suite ended."""

    passed: int
    failed: int
    skipped: int
    seconds: float

    def line(self) -> str:
        """The count in the words of pytest."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def count(path: Path) -> Count:
    """The count in one JUnit file; one failure if there is none or nothing ran."""
    if not path.is_file():
        return Count(0, 1, 0, 0.0)
    suites = list(ElementTree.parse(path).getroot().iter("testsuite"))

    def total(attribute: str) -> float:
        return sum(float(suite.get(attribute) or 0) for suite in suites)

    failed = int(total("failures") + total("errors"))
    skipped = int(total("skipped"))
    passed = int(total("tests")) - failed - skipped
    if passed + failed == 0:
        failed = 1
    return Count(passed, failed, skipped, total("time"))


def main(folder: str, *names: str) -> int:
    """Prints a line for each suite and the sum of all; 1 if anything failed."""
    counts = {name: count(Path(folder) / f"{name}.xml") for name in names}
    for name, each in counts.items():
        print(f"  {name:<8} {each.line()} in {each.seconds:.0f} s")
    columns = list(zip(*counts.values(), strict=True))
    overall = Count(*(sum(column) for column in columns[:3]), seconds=sum(columns[3]))
    print(overall.line())
    return 1 if overall.failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
