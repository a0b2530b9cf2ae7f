"""`Trail`: steps and texts of an agent, as messages."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

import limelight as gr


def facts(trail: gr.Trail) -> list[Any]:
    return [(m["content"], m.get("metadata", {})) for m in trail.messages]


def test_steps_are_nested_and_end_with_what_they_gave() -> None:
    trail = gr.Trail()
    with trail.step("Plan", kind="plan") as plan:
        with trail.step("Search", kind="tool", input={"q": 1}) as search:
            assert trail.messages[1]["metadata"]["status"] == "pending"
            search.output = ["a", object]
        plan.say("Good.")
    trail.say("Do")
    trail.say("ne")
    (said, one), (_, two), (text, none) = facts(trail)
    assert (said, one["title"], one["status"]) == ("Good.", "Plan", "done")
    assert two["parent_id"] == one["id"]
    assert (two["input"], two["output"]) == ({"q": 1}, ["a", "<class 'object'>"])
    assert two["duration"] >= 0
    assert (text, none) == ("Done", {})


def test_what_has_not_changed_is_the_same_message() -> None:
    trail = gr.Trail()
    trail.step("One").end()
    before = trail.messages[0]
    trail.say("text")
    assert trail.messages[0] is before


def test_an_exception_is_the_steps_error() -> None:
    trail = gr.Trail()
    with pytest.raises(ZeroDivisionError), trail.step("Divide", kind="tool"):
        raise ZeroDivisionError("division by zero")
    assert trail.messages[0]["metadata"]["error"] == "division by zero"


def test_several_speak_and_the_whole_has_sources() -> None:
    trail = gr.Trail("Writer")
    trail.say("Text [1]")
    with trail.by("Critic", "c.png"):
        trail.say("Hm")
    trail.put(sources=[{"title": "A"}], followups=["More?"])
    (_, writer), (_, critic) = facts(trail)
    assert writer == {"author": {"name": "Writer"}}
    assert critic == {
        "author": {"name": "Critic", "avatar": "c.png"},
        "sources": [{"title": "A"}],
        "followups": ["More?"],
    }


def test_work_in_threads_is_followed() -> None:
    trail = gr.Trail()

    def work() -> None:
        with trail.step("Both") as both:

            def one(name: str) -> None:
                with both.step(name, kind="tool"):
                    pass

            threads = [threading.Thread(target=one, args=(name,)) for name in "ab"]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()

    *_, last = trail.run(work)
    assert [m["metadata"].get("parent_id") for m in last.messages] == [None, 1, 1]
    with pytest.raises(ZeroDivisionError):
        list(gr.Trail().run(lambda: 1 / 0))


async def test_work_in_tasks_is_followed() -> None:
    trail = gr.Trail()

    async def one(name: str) -> None:
        with trail.step(name, kind="tool"):
            await asyncio.sleep(0)

    async def work() -> None:
        with trail.step("Both"):
            await asyncio.gather(one("a"), one("b"))

    async for _ in trail.follow(work()):
        pass
    assert [m["metadata"].get("parent_id") for m in trail.messages] == [None, 1, 1]
