"""Conversations as trees."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from limelight.chat.talk import Talk
from limelight.chat.tree import Conversation, Turn

STEPS = ("ask", "add", "walk", "end", "show", "fork")


def message(role: str, said: str) -> dict[str, Any]:
    return {"role": role, "content": said}


def say(conversation: Conversation, said: str) -> tuple[Turn, Turn]:
    """A question, and its answer in capitals."""
    question = conversation.ask([message("user", said)])
    question.state = "complete"
    answer = Turn("assistant", [message("assistant", said.upper())], question.id)
    return question, conversation.add(answer)


def said(conversation: Conversation) -> str:
    return " ".join(m["content"] for turn in conversation.path() for m in turn.messages)


def test_the_way_on_is_remembered() -> None:
    talk = Conversation()
    question, answer = say(talk, "a")
    say(talk, "b")
    other = talk.add(Turn("assistant", [message("assistant", "A2")], question.id))
    say(talk, "c")
    assert said(talk) == "a A2 c C"
    assert talk.siblings(other) == (1, 2)
    talk.walk(other, -1)
    assert said(talk) == "a A b B"
    talk.walk(answer, -1)
    assert said(talk) == "a A b B", "there is none before"
    talk.walk(answer, 1)
    assert said(talk) == "a A2 c C"
    talk.end_at(other.id)
    assert said(talk) == "a A2"
    talk.end_at(None)
    assert said(talk) == ""


def test_a_conversation_is_made_again_of_its_turns() -> None:
    talk = Conversation()
    _, answer = say(talk, "a")
    say(talk, "b")
    talk.walk(answer, 0)
    talk.end_at(answer.id)
    again = Conversation(list(talk.turns.values()), talk.leaf)
    assert (said(again), len(again)) == ("a A b B", 4)
    assert Conversation(list(talk.turns.values()), "gone").leaf == list(talk.turns)[-1]


def test_a_fork_has_turns_of_its_own() -> None:
    talk = Conversation()
    _, answer = say(talk, "a")
    say(talk, "b")
    fork = talk.fork(answer.id)
    assert said(fork) == "a A"
    say(fork, "c")
    assert said(talk) == "a A b B"
    assert not set(fork.turns) & set(talk.turns)


def test_what_is_set_as_a_whole_is_a_branch() -> None:
    talk = Conversation()
    say(talk, "a")
    say(talk, "b")
    kept = [m for turn in talk.path()[:2] for m in turn.messages]
    talk.replace(
        [*kept, message("user", "c"), message("assistant", "C"), message("assistant", "D")]
    )
    assert said(talk) == "a A c C D"
    assert [len(turn.messages) for turn in talk.path()] == [1, 1, 1, 2]
    assert talk.siblings(talk.path()[2]) == (1, 2)
    assert len(talk) == 6
    talk.replace([])
    assert said(talk) == ""


def test_a_talk_asks_one_after_another() -> None:
    talk = Talk()
    assert talk.next_question() is None
    assert talk.say([message("user", "a")], "a")
    question = talk.next_question()
    assert question is not None
    question.state = "complete"
    talk.answer = talk.conversation.add(Turn("assistant", [], question.id, state="streaming"))
    assert not talk.say([message("user", "b")], "b")
    assert not talk.say([message("user", "c")], {"text": "c", "files": []})
    assert [one.shown()["text"] for one in talk.queued] == ["b", "c"]
    assert talk.next_question() is None
    talk.answer = None
    second = talk.next_question()
    assert second is not None
    assert second.messages == [message("user", "b")]
    assert len(talk.queued) == 1
    talk.reset()
    assert (len(talk.conversation), talk.queued) == (0, [])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ask", "add", "walk", "end", "show", "fork"]), st.integers(0, 30)
        )
    )
)
def test_whatever_is_done_the_path_holds_together(steps: list[tuple[str, int]]) -> None:
    talk = Conversation()
    for what, number in steps:
        turns = list(talk.turns.values())
        chosen = turns[number % len(turns)] if turns else None
        if what == "ask" or chosen is None:
            talk.ask([message("user", str(number))])
        elif what == "add":
            talk.add(Turn("assistant", [], chosen.id))
        elif what == "walk":
            talk.walk(chosen, number - 15)
        elif what == "end":
            talk.end_at(chosen.id if number else None)
        elif what == "show":
            talk.show(chosen.id)
        else:
            assert [t.role for t in talk.fork(chosen.id).path()] == [
                t.role for t in talk.path(chosen.id)
            ]
        path = talk.path()
        assert (path[-1].id if path else None) == talk.leaf
        assert [turn.parent for turn in path] == [None, *(turn.id for turn in path[:-1])][
            : len(path)
        ]
        for turn in talk.turns.values():
            place, count = talk.siblings(turn)
            assert 0 <= place < count


def test_unknown_turns_are_refused() -> None:
    with pytest.raises(KeyError):
        Conversation().path("gone")
