from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from limelight.runtime.deltas import apply, diff
from limelight.runtime.outbox import Outbox
from limelight.wire.messages import Heartbeat, ProcessCompleted, ProcessStarts

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=2), inner, max_size=3)
    ),
    max_leaves=12,
)


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
    outbox.publish(ProcessCompleted("a", {}))
    assert not outbox.is_idle(0)
    assert outbox.is_idle(1)


async def test_old_delivered_messages_are_dropped_and_others_kept() -> None:
    now = 0.0
    outbox = Outbox(lambda: now, keep_s=10)
    outbox.publish(Heartbeat())
    outbox.publish(Heartbeat())
    outbox.delivered = 1
    now = 100.0
    outbox.publish(Heartbeat())
    assert [e.seq for e in outbox.after(0)] == [2, 3]


@given(JSON, JSON)
def test_edits_turn_the_old_value_into_the_new_one(old: object, new: object) -> None:
    import copy

    assert apply(copy.deepcopy(old), diff(old, new)) == new


def test_the_edits_of_shrinking_lists_count_from_the_shrunk_list() -> None:
    assert diff([1, 2, 3, 4], [1]) == [
        ["delete", [1], None],
        ["delete", [1], None],
        ["delete", [1], None],
    ]
