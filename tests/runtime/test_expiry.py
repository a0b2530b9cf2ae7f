from __future__ import annotations

import asyncio

from limelight.runtime.expiry import Expiry


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


async def test_one_timer_waits_for_the_nearest_deadline_and_none_for_none() -> None:
    loop = asyncio.get_running_loop()
    expiry = Expiry(loop.time)
    rung: list[str] = []
    expiry.set("late", 0.25, lambda: rung.append("late"))
    expiry.set("early", 0.01, lambda: rung.append("early"))
    expiry.set("never", 0.02, lambda: rung.append("never"))
    expiry.cancel("never")
    await asyncio.sleep(0.1)
    assert rung == ["early"]
    await asyncio.sleep(0.25)
    assert rung == ["early", "late"]
    assert len(expiry) == 0
    assert expiry._timer is None


async def test_a_deadline_that_is_set_again_moves() -> None:
    clock = Clock()
    expiry = Expiry(clock)
    rung: list[int] = []
    for number in range(1000):
        expiry.set("a", 10 + number, lambda: rung.append(1))
    assert len(expiry._heap) == 1  # a value that is written all the time costs one entry
    clock.now_s = 20
    expiry._ring()
    assert rung == []
    expiry.set("a", 1, lambda: rung.append(2))  # nearer than before
    clock.now_s = 22
    expiry._ring()
    assert rung == [2]
    clock.now_s = 5000
    expiry._ring()
    assert rung == [2]
    expiry.close()


async def test_a_thread_may_set_a_deadline() -> None:
    expiry = Expiry(asyncio.get_running_loop().time)
    expiry.attach()
    rung = asyncio.Event()
    await asyncio.to_thread(expiry.set, "a", 0.01, rung.set)
    await asyncio.wait_for(rung.wait(), 1)


async def test_cancelled_deadlines_are_forgotten_before_they_would_be_due() -> None:
    clock = Clock()
    expiry = Expiry(clock)
    rung: list[str] = []
    expiry.set("stays", 20, lambda: rung.append("stays"))
    for number in range(1000):
        expiry.set(number, 10, lambda: rung.append("cancelled"))
        expiry.cancel(number)
    assert len(expiry) == 1
    assert len(expiry._heap) < 100
    assert len(expiry._queued) < 100
    clock.now_s = 20
    expiry._ring()
    assert rung == ["stays"]
