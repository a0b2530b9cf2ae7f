from __future__ import annotations

import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limelight.runtime.rounds import Rounds


class Job:
    """What rounds know of a job."""

    def __init__(self, name: str) -> None:
        self.event_id = name
        self.flow: Any = None

    def __repr__(self) -> str:
        return self.event_id


def filled(*names: str, is_fair: bool = True) -> Rounds:
    """A queue of jobs that are called after their session and a number, such as `a1`."""
    rounds = Rounds(is_fair=is_fair)
    for name in names:
        rounds.put(Job(name), name[0])  # type: ignore[arg-type]  # a job in miniature
    return rounds


def order(rounds: Rounds) -> str:
    return " ".join(job.event_id for job in rounds)


def test_sessions_take_turns() -> None:
    rounds = filled("a1", "a2", "a3", "b1", "b2", "c1")
    assert order(rounds) == "a1 b1 c1 a2 b2 a3"
    assert [rounds.take().event_id for _ in range(6)] == ["a1", "b1", "c1", "a2", "b2", "a3"]


def test_first_in_first_out_looks_at_no_session() -> None:
    rounds = filled("a1", "a2", "b1", "a3", is_fair=False)
    assert order(rounds) == "a1 a2 b1 a3"
    assert rounds.take().event_id == "a1"
    assert rounds.put(Job("b2"), "b") == 3  # type: ignore[arg-type]
    assert order(rounds) == "a2 b1 a3 b2"


def test_who_comes_later_is_served_before_anothers_second_job() -> None:
    rounds = filled("a1", "a2", "a3")
    rounds.take()
    assert rounds.put(Job("b1"), "b") == 0  # type: ignore[arg-type]
    assert order(rounds) == "b1 a2 a3"


def test_who_was_served_has_no_turn_before_the_others() -> None:
    rounds = filled("a1", "b1")
    rounds.take()
    assert rounds.put(Job("a2"), "a") == 1  # type: ignore[arg-type]
    assert order(rounds) == "b1 a2"


def test_later_jobs_move_up_when_one_leaves() -> None:
    rounds = filled("a1", "b1", "a2", "b2", "a3")
    rounds.remove(next(iter(rounds)))
    assert order(rounds) == "a2 b1 a3 b2"


def test_a_job_taken_along_was_its_sessions_turn() -> None:
    rounds = filled("a1", "b1", "c1", "a2", "b2")
    rounds.take()
    rounds.take_along(next(iter(rounds)))
    assert order(rounds) == "c1 a2 b2"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("abcd")),
        st.tuples(st.just("take"), st.just("")),
        st.tuples(st.just("remove"), st.integers(0, 20)),
        st.tuples(st.just("along"), st.integers(0, 3)),
    ),
    max_size=80,
)


@given(STEPS, st.booleans())
def test_nobody_is_forgotten_nor_passed_twice(steps: list[tuple[str, Any]], is_fair: bool) -> None:
    rounds = Rounds(is_fair=is_fair)
    waiting: list[Any] = []
    newcomers: dict[str, dict[str, int]] = {}  # who was served since a session waits for its first
    known: set[str] = set()
    for number, (what, detail) in enumerate(steps):
        if what == "put":
            job: Any = Job(f"{detail}{number}")
            rank = rounds.put(job, detail)
            waiting.append(job)
            assert list(rounds)[rank] is job
            if detail not in known:
                known.add(detail)
                newcomers[detail] = {}
        elif what == "take" and waiting:
            first = next(iter(rounds))
            assert rounds.take() is first
            waiting.remove(first)
            session = first.event_id[0]
            newcomers.pop(session, None)
            for served in newcomers.values():
                served[session] = served.get(session, 0) + 1
                assert served[session] == 1 or not is_fair
        elif what == "remove" and waiting:
            gone = waiting.pop(detail % len(waiting))
            rounds.remove(gone)
            if not any(job.event_id[0] == gone.event_id[0] for job in waiting):
                newcomers.pop(gone.event_id[0], None)
        elif what == "along" and len(waiting) > detail:
            along = list(rounds)[detail]
            waiting.remove(along)
            rounds.take_along(along)
            newcomers.clear()  # batches serve several of one session together
        assert len(rounds) == len(waiting)
        assert set(rounds) == set(waiting)
        if not is_fair:
            assert list(rounds) == waiting
        for session in "abcd":
            mine = [job for job in waiting if job.event_id[0] == session]
            assert [job for job in rounds if job in mine] == mine
    for job in list(waiting):
        rounds.remove(job)
    rounds.restart()
    assert not rounds._flows  # what is remembered of who was served is bounded
    assert len(rounds._rounds) == 1


class ComparedJob(Job):
    """A job whose comparisons are seen, so that a search through a list counts as what it costs."""

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def steps(count: int, *, is_fair: bool) -> int:
    """Lines of Python that run while jobs of 100 sessions come, and half leave unserved."""
    lines = 0

    def trace(_frame: object, event: str, _arg: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    rounds = Rounds(is_fair=is_fair)
    jobs: list[Any] = [ComparedJob(str(number)) for number in range(count)]
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for number, job in enumerate(jobs):
            rounds.put(job, number % 100)
        for job in jobs[count // 2 :]:
            rounds.remove(job)
        for _ in range(count // 2):
            rounds.take()
    finally:
        sys.settrace(before)
    assert not len(rounds)
    return lines


@pytest.mark.parametrize("is_fair", [True, False])
def test_a_job_costs_the_same_however_many_wait(is_fair: bool) -> None:
    # Counted, not timed: the clock of a busy machine says little.
    few, many = steps(1_000, is_fair=is_fair), steps(10_000, is_fair=is_fair)
    assert many / few < 10 * 1.2
