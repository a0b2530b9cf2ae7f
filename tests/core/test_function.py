from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.function import SpecialArg, facts_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


def plain(a: int, b: str = "", c: Any = None, *, d: int = 1) -> int:
    """What it does
    in two lines.

    More of it.

    Args:
        a: Not part of the description.
    """
    return a


def yields() -> Iterator[int]:
    yield 1


async def waits() -> int:
    return 1


async def streams() -> AsyncIterator[int]:
    yield 1


class Model:
    """A model."""

    def __call__(self, text: str) -> str:
        """Ask it."""
        return text


class Generating:
    def __call__(self, text: str) -> Iterator[str]:
        yield text


def test_what_is_known_of_a_function() -> None:
    facts = facts_of(plain)
    assert facts.name == "plain"
    assert (facts.parameters, facts.required, facts.takes_any) == (("a", "b", "c"), 1, False)
    assert facts.none_defaults == {"c"}
    assert facts.description == "What it does in two lines. More of it."
    assert (facts.special, facts.collects_event_data) == ((), False)


@pytest.mark.parametrize(
    ("fn", "is_generator", "is_async"),
    [
        (plain, False, False),
        (yields, True, False),
        (waits, False, True),
        (streams, True, True),
        (functools.partial(streams), True, True),
        (Model(), False, False),
        (Generating(), True, False),
    ],
)
def test_its_kind(fn: Any, is_generator: bool, is_async: bool) -> None:
    facts = facts_of(fn)
    assert (facts.is_generator, facts.is_async) == (is_generator, is_async)


def test_partials_classes_instances_and_builtins() -> None:
    assert facts_of(functools.partial(plain, 1)).parameters == ("b", "c")
    assert facts_of(functools.partial(plain, 1)).name == "plain"
    assert facts_of(Model()).name == "Model"
    assert facts_of(Model()).parameters == ("text",)
    assert facts_of(Model()).description == "Ask it."
    assert facts_of(Model).parameters == ()
    assert facts_of(Model).description == "A model."
    assert facts_of(lambda *args, **kwargs: None).takes_any
    unknown = facts_of(dict.fromkeys)
    assert (unknown.name, unknown.takes_any or unknown.parameters != ()) == ("fromkeys", True)
    assert facts_of(type).takes_any
    assert unwrapped("no function") == "no function"  # type: ignore[arg-type, comparison-overlap]  # pyright: ignore[reportArgumentType]


def test_special_arguments_are_found_by_annotation_or_default() -> None:
    def ask(
        text: str,
        request: gr.Request,
        data: gr.SelectData | None,
        depth: int,
        accept_language: gr.Header,
        bar: Any = gr.Progress(track_tqdm=True),  # noqa: B008  # asked for so
        *,
        other: gr.Progress | None = None,
    ) -> str:
        return text

    facts = facts_of(ask)
    assert facts.parameters == ("text", "depth")
    assert [(s.name, s.position, s.kind, s.keyword_only) for s in facts.special] == [
        ("request", 1, "request", False),
        ("data", 2, "event_data", False),
        ("accept_language", 4, "header", False),
        ("bar", 5, "progress", False),
        ("other", 6, "progress", True),
    ]
    assert facts.collects_event_data
    assert isinstance(facts.special[0], SpecialArg)


def test_one_annotation_that_means_nothing_does_not_hide_the_others() -> None:
    def ask(text: Nowhere, request: gr.Request) -> str:  # type: ignore[name-defined]  # noqa: F821  # pyright: ignore
        return str(text)

    assert [s.kind for s in facts_of(ask).special] == ["request"]


def test_other_packages_can_mark_their_own_arguments() -> None:
    class Profile:
        special_argument = "profile"

    def ask(text: str, profile: Any) -> str:
        return text

    ask.__annotations__["profile"] = Profile
    assert [(s.name, s.kind) for s in facts_of(ask).special] == [("profile", "profile")]
