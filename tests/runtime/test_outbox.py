from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limelight.runtime import outbox as module
from limelight.runtime.deltas import advance, apply, own
from limelight.runtime.outbox import Entry, Outbox
from limelight.wire.messages import (
    Heartbeat,
    Log,
    Output,
    ProcessCompleted,
    ProcessGenerating,
    ProcessStarts,
    Progress,
    ProgressUnit,
)


class Generator:
    """A running generator that tells an outbox its values."""

    def __init__(self, outbox: Outbox, event_id: str = "e") -> None:
        self.outbox = outbox
        self.event_id = event_id
        self.full: list[Any] | None = None
        outbox.expect(event_id)

    def say(self, *values: Any, **members: Any) -> Entry:
        if self.full is None:
            data = self.full = [own(v) for v in values]
        else:
            pairs = [advance(old, new) for old, new in zip(self.full, values, strict=True)]
            data, self.full = [e for e, _ in pairs], [v for _, v in pairs]
        output = Output(data=data, is_generating=True, **members)
        return self.outbox.publish(ProcessGenerating(self.event_id, output), full=self.full)

    def end(self) -> Entry:
        return self.outbox.publish(ProcessCompleted(self.event_id, Output(data=self.full or [])))


class Reader:
    """What a client makes of the messages."""

    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox
        self.at = 0
        self.values: dict[str, list[Any]] = {}
        self.states: list[int] = []
        self.seen: list[str] = []

    def read(self, most_bytes: int | None = None) -> int:
        entries = self.outbox.after(self.at, most_bytes)
        for entry in entries:
            assert entry.seq > self.at
            self.at = entry.seq
            self.seen.append(entry.kind)
            message = json.loads(entry.data)
            if entry.kind == "process_generating":
                event, data = message["event_id"], message["output"]["data"]
                self.states += message["output"]["changed_state_ids"]
                if event in self.values:
                    pairs = zip(self.values[event], data, strict=True)
                    data = [apply(old, edits) for old, edits in pairs]
                else:
                    assert entry.is_full
                self.values[event] = data
            elif entry.kind == "process_completed" and message["success"]:
                self.values[message["event_id"]] = message["output"]["data"]
        return len(entries)


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(module, "MOST_UNREAD", 4)
    return 4


async def test_messages_are_numbered_and_can_be_read_again_from_any_place() -> None:
    outbox = Outbox(lambda: 0.0)
    for event in "abc":
        outbox.publish(ProcessStarts(event))
    assert [e.seq for e in await outbox.wait(0)] == [1, 2, 3]
    assert [e.event_id for e in await outbox.wait(1)] == ["b", "c"]
    assert await outbox.wait(3, 0.01) == []


async def test_a_waiting_reader_is_woken() -> None:
    outbox = Outbox(lambda: 0.0)
    reader = asyncio.create_task(outbox.wait(0))
    await asyncio.sleep(0)
    outbox.publish(Heartbeat())
    assert [e.kind for e in await reader] == ["heartbeat"]


async def test_it_is_idle_when_every_call_has_completed_and_all_is_read() -> None:
    outbox = Outbox(lambda: 0.0)
    outbox.expect("a")
    assert not outbox.is_idle(0)
    assert outbox.knows("a")
    outbox.publish(ProcessCompleted("a", {}))
    assert not outbox.is_idle(0)
    assert outbox.is_idle(1)
    assert outbox.knows("a")
    assert not outbox.knows("b")


async def test_old_delivered_messages_are_dropped_and_others_kept() -> None:
    now = 0.0
    outbox = Outbox(lambda: now, keep_s=10)
    outbox.publish(Heartbeat())
    outbox.publish(Heartbeat())
    outbox.delivered = 1
    now = 100.0
    outbox.publish(Heartbeat())
    assert [e.seq for e in outbox.after(0)] == [2, 3]
    assert outbox.first_seq == 2


def test_a_message_is_encoded_when_it_is_first_read() -> None:
    outbox = Outbox(lambda: 0.0)
    entry = Generator(outbox).say("a")
    is_encoded = [entry.message is None]
    assert b'"a"' in outbox.after(0)[0].data
    is_encoded.append(entry.message is None)
    assert is_encoded == [False, True]
    assert outbox.after(0)[0].data is entry.data


def test_what_waits_too_long_is_joined_and_leads_to_the_same(few: int) -> None:
    outbox = Outbox(lambda: 0.0)
    generator, reader = Generator(outbox), Reader(outbox)
    for count in range(1, 30):
        generator.say("x" * count, [{"n": i} for i in range(count)], changed_state_ids=[count])
    assert len(outbox) == few
    assert outbox.last_seq == 29
    assert outbox.first_seq == 1
    reader.read()
    assert reader.values["e"] == generator.full
    assert set(reader.states) == set(range(1, 30))
    last = outbox.after(few - 1)[0]
    assert last.seq == 29
    edits = json.loads(last.data)["output"]["data"]
    assert edits[0] == [["append", [], "x" * 26]]
    assert edits[1][0] == ["add", [3], {"n": 3}]


def test_what_was_read_is_not_changed_any_more(few: int) -> None:
    outbox = Outbox(lambda: 0.0)
    generator, reader = Generator(outbox), Reader(outbox)
    for count in range(1, 11):
        generator.say("x" * count)
    reader.read()
    as_read = [(e.seq, e.data) for e in outbox.after(0)]
    for count in range(11, 20):
        generator.say("x" * count)
    assert [(e.seq, e.data) for e in outbox.after(0)][: len(as_read)] == as_read
    reader.read()
    assert reader.values["e"] == ["x" * 19]


def test_a_reader_that_begins_behind_the_newest_gets_only_what_is_newer(few: int) -> None:
    outbox = Outbox(lambda: 0.0)
    generator = Generator(outbox)
    for count in range(1, 11):
        generator.say("x" * count)
    at = outbox.settle()
    generator.say("x" * 12)
    (entry,) = outbox.after(at)
    assert json.loads(entry.data)["output"]["data"] == [[["append", [], "xx"]]]
    assert few


def test_changed_props_are_not_passed_over(few: int) -> None:
    outbox = Outbox(lambda: 0.0)
    generator, reader = Generator(outbox), Reader(outbox)
    hidden, skipped = {"__type__": "update", "visible": False}, {"__type__": "update"}
    for value in ["a"] * few + [hidden, "b", "c", skipped, {**hidden, "value": "d"}, "e"]:
        generator.say(value)
    shown: list[Any] = []
    while reader.read(1):
        shown.append(json.loads(json.dumps(reader.values["e"][0])))
    # "a" + hidden is one step: "b" would forget the prop; "c" + skip() would forget "c".
    assert shown[few - 1 :] == ["a", hidden, "c", {**hidden, "value": "d"}, "e"]


def test_of_a_progress_bar_only_the_newest_unread_state_waits() -> None:
    outbox = Outbox(lambda: 0.0)
    for number in range(5):
        outbox.publish(Progress("e", [ProgressUnit(index=number)]))
        outbox.publish(ProcessStarts(f"{number}"))
    assert [e.seq for e in outbox.after(0)] == [2, 4, 6, 8, 9, 10]
    outbox.publish(Progress("e", [ProgressUnit(index=5)]))
    assert [e.seq for e in outbox.after(8)] == [9, 10, 11]


def test_an_absent_reader_costs_bounded_memory_and_finds_every_result() -> None:
    outbox = Outbox(lambda: 0.0, most=50, most_bytes=100_000)
    reader = Reader(outbox)
    generators = [Generator(outbox, f"e{n}") for n in range(10)]
    for count in range(1, 300):
        for generator in generators:
            generator.say("0123456789" * count)
        assert len(outbox) <= 51
    for generator in generators:
        generator.end()
    outbox.publish(Log("e0", "late", "info"))
    assert outbox.size_bytes < 100_000
    while reader.read(4096):
        pass
    assert reader.values == {f"e{n}": ["0123456789" * 299] for n in range(10)}
    assert outbox.first_seq == 1  # what was left out is part of what came later


def test_steps_with_a_result_make_room_for_what_comes_behind() -> None:
    outbox = Outbox(lambda: 0.0, most=20)
    reader = Reader(outbox)
    for number in range(3):
        generator = Generator(outbox, f"e{number}")
        for count in range(8):
            generator.say("x" * count)
        generator.end()
        outbox.publish(Log(f"e{number}", "done", "info"))
    while reader.read():
        pass
    assert reader.values == {f"e{number}": ["x" * 7] for number in range(3)}
    assert len(outbox) <= 20


def test_results_are_dropped_last_and_the_newest_never() -> None:
    outbox = Outbox(lambda: 0.0, most=10, most_bytes=10_000)
    for number in range(100):
        outbox.publish(Log(f"{number}", "x" * 100, "info"))
        outbox.publish(ProcessCompleted(f"{number}", Output(data=["x" * 200])))
    kinds = [e.kind for e in outbox.after(0)]
    assert 10 < kinds.count("process_completed") <= 40
    assert outbox.first_seq > 1
    outbox = Outbox(lambda: 0.0, most=10, most_bytes=10_000)
    outbox.publish(ProcessCompleted("big", Output(data=["x" * 1_000_000])))
    assert [e.event_id for e in outbox.after(0)] == ["big"]


def test_delivered_messages_go_before_unread_ones() -> None:
    outbox = Outbox(lambda: 0.0, most=10)
    for number in range(10):
        outbox.publish(ProcessStarts(f"{number}"))
    outbox.delivered = outbox.after(0)[4].seq
    for number in range(10, 13):
        outbox.publish(ProcessStarts(f"{number}"))
    assert outbox.first_seq > 1
    assert [e.event_id for e in outbox.after(5)] == [f"{number}" for number in range(5, 13)]


def test_the_values_of_a_call_that_failed_are_kept() -> None:
    outbox = Outbox(lambda: 0.0, most=8)
    generator, reader = Generator(outbox), Reader(outbox)
    for count in range(1, 6):
        generator.say("x" * count)
    outbox.publish(ProcessCompleted("e", {"error": "no", "data": ["failed"]}, success=False))
    for _ in range(5):
        outbox.publish(Log("e", "late", "info"))
    entries = outbox.after(0)
    step = next(e for e in entries if e.kind == "process_generating")
    assert json.loads(step.data)["output"]["data"] == ["xxxxx"]
    assert step.is_full
    assert reader.seen == []


def test_a_reader_is_given_no_more_than_it_asks_for_and_one_at_least() -> None:
    outbox = Outbox(lambda: 0.0)
    for number in range(10):
        outbox.publish(ProcessCompleted(f"{number}", Output(data=["x" * 1000])))
    assert len(outbox.after(0, 1)) == 1
    assert len(outbox.after(0, 4000)) == 3
    assert len(outbox.after(0, 1_000_000)) == 10


VALUES = st.lists(
    st.text("ab", max_size=3) | st.lists(st.text("ab", max_size=2), max_size=3), min_size=1
)


@given(VALUES, st.lists(st.integers(0, 2), min_size=1, max_size=8), st.integers(3, 8))
def test_every_reader_ends_up_with_the_same(values: list[Any], pace: list[int], most: int) -> None:
    outbox = Outbox(lambda: 0.0, most=most)
    generator = Generator(outbox)
    slow, fast = Reader(outbox), Reader(outbox)
    for number, value in enumerate(values * 3):
        generator.say(value, value)
        if pace[number % len(pace)] == 2 and fast.at + 1 >= outbox.first_seq:
            fast.read()
        if pace[number % len(pace)] == 1 and slow.at + 1 >= outbox.first_seq:
            slow.read(300)
    generator.end()
    for reader in (fast, slow):
        if reader.at + 1 >= outbox.first_seq:  # else it is told that it cannot go on
            while reader.read(300):
                pass
            assert reader.values["e"] == generator.full


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["say", "say", "say", "end", "fail", "log", "progress", "slow", "fast"]),
        st.integers(0, 2),
        st.text("ab", max_size=40) | st.lists(st.text("ab", max_size=3), max_size=4),
    ),
    max_size=60,
)


@settings(deadline=None)
@given(STEPS, st.integers(4, 12), st.integers(500, 4000), st.integers(1, 4))
def test_whatever_happens_results_arrive_and_bounds_hold(
    steps: list[tuple[str, int, Any]], most: int, most_bytes: int, unread: int
) -> None:
    outbox = Outbox(lambda: 0.0, most=most, most_bytes=most_bytes)
    running = [Generator(outbox, f"e{n}") for n in range(3)]
    results: dict[str, list[Any]] = {}
    readers = {"slow": Reader(outbox), "fast": Reader(outbox)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_UNREAD", unread)
        for number, (what, which, value) in enumerate(steps):
            generator = running[which]
            if what == "say":
                generator.say(value, {"n": value})
            elif what in ("end", "fail"):
                if what == "end":
                    generator.end()
                    results[generator.event_id] = generator.full or []
                else:
                    failure = ProcessCompleted(generator.event_id, {"error": "x"}, success=False)
                    outbox.publish(failure)
                running[which] = Generator(outbox, f"e{number + 3}")
            elif what == "log":
                outbox.publish(Log(generator.event_id, "text", "info"))
            elif what == "progress":
                unit = ProgressUnit(index=number)
                outbox.publish(Progress(generator.event_id, [unit]))
            elif readers[what].at + 1 >= outbox.first_seq:
                readers[what].read(300 if what == "slow" else None)
            assert len(outbox) <= most * 4 + 1
    sizes = [entry.size_bytes for entry in outbox.after(0)]
    assert sum(sizes) == outbox.size_bytes
    for reader in readers.values():
        if reader.at + 1 >= outbox.first_seq:
            while reader.read(300):
                pass
            known = {e: v for e, v in results.items() if e in reader.values}
            assert {e: reader.values[e] for e in known} == known
            assert set(results) <= set(reader.values)


def test_for_a_page_steps_are_joined_as_soon_as_one_waits() -> None:
    outbox = Outbox(lambda: 0.0)
    outbox.joins_steps = True
    generator, reader = Generator(outbox), Reader(outbox)
    generator.say("x")
    reader.read()
    for count in range(2, 9):
        generator.say("x" * count)
    assert reader.read() == 1
    assert reader.values["e"] == ["xxxxxxxx"]
