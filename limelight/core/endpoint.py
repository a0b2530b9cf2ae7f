"""`Api`: an argument or a result of an endpoint that has no components, from its type hint.

Attaches nothing; `gr.api` does.
"""

from __future__ import annotations

import typing
from collections import abc
from typing import TYPE_CHECKING, Any

from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import ListenerError, PayloadError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Api", "arguments_of", "results_of"]


class Api(Component[Any, Any], tag="api"):
    """One value of an endpoint, on no page."""

    value: Any = prop(default=None, kw_only=False)
    """The argument's default as JSON."""
    schema: dict[str, Any] = prop(default_factory=dict, wire=False)
    """JSON schema of the value."""
    describes: str = prop(default="", wire=False)
    """What it is, for messages."""
    fallback: tuple[Any, ...] = prop(default=(), wire=False)
    """The argument's default in Python, which null stands for where the hint has no null."""

    is_invisible = True

    def wire_props(self) -> dict[str, Any]:
        names = ("label", "name", "_selectable")
        props = {name: value for name, value in super().wire_props().items() if name in names}
        return {**props, "_api_info": self.schema}

    def breaks_grouping(self) -> bool:
        """Whether it parts form controls that stand around it: no."""
        return False

    def preprocess(self, payload: Any) -> Any:
        """The payload itself; files in it can be read.

        Raises:
            PayloadError: it does not fit the type hint.
        """
        from limelight.core.mismatch import mismatch

        found = mismatch(self.schema, payload)
        if found is None:
            return payload
        if payload is None and self.fallback:
            return self.fallback[0]
        raise PayloadError(f"{self.describes}: {found}.")

    def api_info(self) -> dict[str, Any]:
        return self.schema

    def example_payload(self) -> Any:
        return "..." if self.value is None else self.value

    def example_value(self) -> Any:
        return self.example_payload()


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _ordinal(number: int) -> str:
    is_teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if is_teen else _ENDINGS.get(number % 10, 'th')}"


def _schema(hint: Any) -> dict[str, Any]:
    from limelight.core.schema import schema_of

    try:
        return schema_of(hint)
    except RecursionError:  # a class that holds itself
        return {}


def _as_json(default: Any) -> Any:
    """A default as clients see it; None when it has no JSON."""
    from limelight.wire.codec import decode, encode

    try:
        return decode(encode(default))
    except (TypeError, ValueError):
        return None


_STEPWISE = (
    abc.Iterable,
    abc.Iterator,
    abc.Generator,
    abc.AsyncIterable,
    abc.AsyncIterator,
    abc.AsyncGenerator,
)
"""What functions that yield are said to return; its first part is what they yield."""


def arguments_of(fn: Callable[..., Any]) -> tuple[list[Api], dict[str, Api]]:
    """One block per argument that callers fill: those by position, then those by keyword.

    Raises:
        ListenerError: an argument has no type hint.
    """
    import inspect

    from limelight.core.function import facts_of, hints_of

    facts, hints = facts_of(fn), hints_of(fn)
    special = {s.name for s in facts.special}
    by_position: list[Api] = []
    by_keyword: dict[str, Api] = {}
    for p in inspect.signature(fn).parameters.values():
        if p.name in special or p.kind in (p.VAR_POSITIONAL, p.VAR_KEYWORD):
            continue
        if p.annotation is p.empty and p.name not in hints:
            raise ListenerError(
                f"gr.api() was given {facts.name}(), whose argument {p.name!r} has no type hint; "
                f"expected one for each, since callers are told by it what to send. Write for "
                f"example `{p.name}: str`."
            )
        block = Api(
            None if p.default is p.empty else _as_json(p.default),
            label=_ordinal(len(by_position) + len(by_keyword) + 1),
            schema=_schema(hints.get(p.name, Any)),
            describes=f"{facts.name}() got a wrong {p.name!r}",
            fallback=() if p.default is p.empty else (p.default,),
        )
        if p.kind is p.KEYWORD_ONLY:
            by_keyword[p.name] = block
        else:
            by_position.append(block)
    return by_position, by_keyword


def results_of(fn: Callable[..., Any]) -> list[Api]:
    """One block per value that the return hint names; none without a hint.

    A tuple is several values; of a generator, what it yields counts. A hint that names what only
    type checkers import is one value of any kind.
    """
    import inspect

    from limelight.core.function import facts_of, hints_of

    facts = facts_of(fn)
    has_hint = inspect.signature(fn).return_annotation is not inspect.Signature.empty
    hint = hints_of(fn).get("return", Any if has_hint else None)
    if typing.get_origin(hint) in _STEPWISE and facts.is_generator:
        hint = typing.get_args(hint)[0]
    if hint is None or hint is type(None):
        return []
    parts = typing.get_args(hint)
    is_several = typing.get_origin(hint) is tuple and parts[1:] != (Ellipsis,)
    hints = list(parts) if is_several else [hint]
    return [
        Api(label=_ordinal(number), schema=_schema(inner), describes=f"Result of {facts.name}()")
        for number, inner in enumerate(hints, start=1)
    ]
