"""CPU time of the import, and of the import with the hello app built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.table import Row

if TYPE_CHECKING:
    from bench.contestants import Contestant

__all__ = ["measure"]

_IMPORT = """
import time
began = time.process_time()
import {module}
print(time.process_time() - began)
"""
_BUILD = """
import runpy, sys, time
began = time.process_time()
sys.argv = [{app!r}, {module!r}, "hello"]
runpy.run_path({app!r})
print(time.process_time() - began)
"""


def measure(contestants: list[Contestant], rounds: int) -> list[Row]:
    """The import alone is lazy here, so the hello app, built and not launched, stands beside it."""
    alone = Row("import, CPU", "ms", most_ratio=1 / 20)
    built = Row("import and build the hello app, CPU", "ms")
    for number in range(rounds + 1):
        for one in contestants:
            names = {"module": one.module, "app": str(one.app)}
            for row, code in ((alone, _IMPORT), (built, _BUILD)):
                taken_s = float(one.output("-c", code.format(**names)).split()[-1])
                if number:  # the first one fills the disk cache and writes bytecode
                    row.add(one.name, taken_s * 1e3)
    return [alone, built]
