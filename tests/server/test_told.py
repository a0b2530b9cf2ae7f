from __future__ import annotations

import json
from typing import Any

import pytest

from limelight.runtime.outbox import Outbox
from limelight.server.told import Told
from limelight.wire.messages import Output, ProcessCompleted, ProcessGenerating

BRIEF = ProcessCompleted("e", {"data": None})


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(clock: Clock) -> Outbox:
    return Outbox(clock, keep_s=10)


class Reader:
    """A page that keeps values; it is told what is there."""

    def __init__(self, outbox: Outbox, at: int = 0, *, keeps_values: bool = True) -> None:
        self.outbox = outbox
        self.told = Told(outbox, keeps_values=keeps_values)
        self.at = at

    def read(self) -> list[Any]:
        self.told.check(self.at)
        found: list[Any] = []
        for entry in self.outbox.after(self.at):
            self.at = entry.seq
            found.append(json.loads(self.told.data(entry))["output"]["data"])
        return found


def say(outbox: Outbox, data: list[Any], full: list[Any] | None = None) -> None:
    outbox.publish(ProcessGenerating("e", Output(data)), full=full)


def end(outbox: Outbox, *, success: bool = True) -> None:
    outbox.publish(ProcessCompleted("e", Output(["ab"]), success=success), brief=BRIEF)


def test_who_has_the_last_step_gets_the_result_without_values(outbox: Outbox) -> None:
    page, other = Reader(outbox), Reader(outbox, keeps_values=False)
    say(outbox, ["a"])
    assert page.read() == [["a"]]
    say(outbox, [[["append", [], "b"]]], ["ab"])
    end(outbox)
    assert page.read() == [[[["append", [], "b"]]], None]
    assert other.read()[-1] == ["ab"]
    assert Reader(outbox, at=2).read() == [["ab"]]  # it begins behind the last step


def test_joined_steps_are_the_last_step_too(outbox: Outbox) -> None:
    outbox.joins_steps = True
    page = Reader(outbox)
    say(outbox, ["a"])
    say(outbox, [[["append", [], "b"]]], ["ab"])
    end(outbox)
    assert page.read() == [["ab"], None]


def test_a_result_without_steps_has_its_values(outbox: Outbox) -> None:
    page = Reader(outbox)
    end(outbox)
    assert page.read() == [["ab"]]


def test_a_failure_says_what_it_says(outbox: Outbox) -> None:
    page = Reader(outbox)
    say(outbox, ["ab"])
    end(outbox, success=False)
    assert page.read()[-1] == ["ab"]


def test_who_missed_something_gets_all_values(outbox: Outbox, clock: Clock) -> None:
    page = Reader(outbox)
    say(outbox, ["a"])
    page.read()
    say(outbox, [[["append", [], "b"]]], ["ab"])
    outbox.delivered = outbox.settle()  # another reader was faster
    clock.now_s = 60
    end(outbox)  # what was delivered is forgotten by now
    assert page.read() == [["ab"]]
