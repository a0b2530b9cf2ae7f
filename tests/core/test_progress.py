from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.cachescope import CacheScope
from limelight.core.context import current_reporter
from limelight.core.progress import TrackedIterable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from concurrent.futures import Future

    from limelight.core.question import Place, Question


class Told:
    """A running call that writes down what it is told."""

    def __init__(self) -> None:
        self.bars: list[list[tuple[Any, ...]]] = []
        self.toasts: list[tuple[str, str, float | None, bool, str]] = []
        self.is_cancelled = False
        self.cache_scope = CacheScope()

    def note_cache_hit(self) -> None:
        """Nothing here is kept."""

    def progress(self, units: list[dict[str, Any]]) -> None:
        self.bars.append([(u["index"], u["length"], u["progress"], u["desc"]) for u in units])

    def ask(self, question: Question, place: Place | None) -> Future[Any]:
        raise gr.NoAnswer("nobody is there")

    def stop(self, returned: Any) -> None:
        raise AssertionError(f"no function here ends its own call, with {returned!r}")

    def stop_waiting(self, listener_ids: Collection[int]) -> None:
        raise AssertionError(f"no function here ends {listener_ids}")

    def log(
        self, message: str, *, level: str, duration: float | None, visible: bool, title: str
    ) -> None:
        self.toasts.append((message, level, duration, visible, title))


@pytest.fixture
def told() -> Iterator[Told]:
    made = Told()
    token = current_reporter.set(made)
    yield made
    current_reporter.reset(token)


def test_a_fraction_a_pair_and_nothing_known(told: Told) -> None:
    bar = gr.Progress()
    assert bar(0.5, desc="Half") == 0.5
    assert bar((1, 4), unit="files") == (1, 4)
    assert bar((1, None), total=8) == (1, None)
    assert bar(None) is None
    assert told.bars == [
        [(None, None, 0.5, "Half")],
        [(1, 4, None, None)],
        [(1, 8, None, None)],
        [(None, None, None, None)],
    ]


def test_loops_show_bars_inside_bars(told: Told) -> None:
    bar = gr.Progress()
    seen = [(a, b) for a in bar.tqdm([1, 2], desc="Outer") for b in bar.tqdm("x", desc="Inner")]
    assert seen == [(1, "x"), (2, "x")]
    assert told.bars[0] == [(0, 2, None, "Outer")]
    assert told.bars[1] == [(0, 2, None, "Outer"), (0, 1, None, "Inner")]
    assert told.bars[-1] == [(2, 2, None, "Outer")]
    assert bar.iterables == []


def test_a_loop_of_unknown_length_and_one_that_is_left(told: Told) -> None:
    bar = gr.Progress()
    for value in bar.tqdm((n for n in range(9)), total=None):
        assert value == 0
        break
    assert told.bars[0] == [(0, None, None, None)]
    assert list(bar.tqdm(iter("ab"), total=2)) == ["a", "b"]


def test_a_loop_can_be_advanced_by_hand(told: Told) -> None:
    bar = gr.Progress()
    opened = bar.tqdm(None, desc="By hand", total=10)
    assert opened is bar
    assert len(bar) == 10
    bar.update(3)
    bar.update()
    assert told.bars == [[(3, 10, None, "By hand")], [(4, 10, None, "By hand")]]
    bar.close(None)
    assert (len(bar), told.bars[-1]) == (0, [])
    bar.update()


def test_it_iterates_over_what_was_opened(told: Told) -> None:
    bar = gr.Progress()
    assert list(bar) == []
    bar.iterables.append(TrackedIterable(iter("ab"), 0, 2, None, None))
    assert list(bar) == ["a", "b"]
    assert [units[0][0] for units in told.bars if units] == [1, 2]


def test_outside_a_call_nobody_is_told() -> None:
    bar = gr.Progress()
    assert bar(0.1) == 0.1
    assert list(bar.tqdm("ab")) == ["a", "b"]


def test_toasts_go_to_the_caller(told: Told) -> None:
    gr.Info("a")
    gr.Warning("b", duration=None, title="Careful")
    gr.Success("c", visible=False)
    assert told.toasts == [
        ("a", "info", 10, True, "Info"),
        ("b", "warning", None, True, "Careful"),
        ("c", "success", 10, False, "Success"),
    ]


def test_toasts_outside_a_call_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="limelight.notices"):
        gr.Info("nobody is there")
    assert caplog.messages == ["Info: nobody is there"]
