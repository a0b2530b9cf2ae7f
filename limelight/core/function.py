"""What can be known of a user's function before it runs: its kind, its arguments, its description.

Does not call it.
"""

from __future__ import annotations

import functools
import inspect
from typing import TYPE_CHECKING, Any, NamedTuple

from limelight.core.props import HasProps

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FunctionFacts", "SpecialArg", "facts_of", "hints_of"]


class SpecialArg(NamedTuple):
    """A parameter that the runtime fills in."""

    name: str
    position: int
    """Place among all parameters."""
    kind: str
    """`request`, `progress`, `event_data`, `profile`, `token`, `header` or `cache`."""
    hint: Any
    """Its annotation: a class, or for `header` the annotation itself."""
    default: Any
    keyword_only: bool


class FunctionFacts(NamedTuple):
    """Facts of one function."""

    name: str
    is_generator: bool
    """Whether it yields, synchronously or not."""
    is_async: bool
    """Whether it is a coroutine function or an async generator function."""
    parameters: tuple[str, ...]
    """Names of the parameters that inputs fill, in order."""
    required: int
    """How many of those have no default."""
    takes_any: bool
    """Whether `*args` takes any further inputs."""
    none_defaults: frozenset[str]
    """Parameters whose default is None."""
    special: tuple[SpecialArg, ...]
    description: str
    """First part of the docstring, lines joined by blanks, up to the arguments part."""
    components: frozenset[str] = frozenset()
    """Parameters annotated with a component's class: they get all of its props."""

    @property
    def collects_event_data(self) -> bool:
        """Whether it has an event-data argument."""
        return any(s.kind == "event_data" for s in self.special)


def unwrapped(fn: Callable[..., Any]) -> Callable[..., Any]:
    """The function inside partials and the `__call__` of instances."""
    while isinstance(fn, functools.partial):
        fn = fn.func
    given: Any = fn
    if inspect.isroutine(given) or inspect.isclass(given) or not callable(given):
        return fn
    call: Any = type(given).__call__
    bound: Callable[..., Any] = call.__get__(given)
    return bound


def _is_component(hint: Any) -> bool:
    """Whether an annotation is the class of a component, or a union with one."""
    return any(
        inspect.isclass(option) and issubclass(option, HasProps) and hasattr(option, "is_stateful")
        for option in _options(hint)
    )


def _options(hint: Any) -> tuple[Any, ...]:
    """The members of a union, or the annotation itself."""
    import types
    import typing

    is_union = typing.get_origin(hint) in (typing.Union, types.UnionType)
    return typing.get_args(hint) if is_union else (hint,)


def _kind_of(hint: Any, default: Any) -> str | None:
    """Which special argument an annotation or a default asks for."""
    from limelight.core.payloads import EventData
    from limelight.core.progress import Progress
    from limelight.core.request import Header, Request

    if isinstance(default, Progress):
        return "progress"
    tool: Any = getattr(default, "special_argument", None)  # a cache
    if isinstance(tool, str):
        return tool
    for option in _options(hint):
        if not inspect.isclass(option):
            continue
        if issubclass(option, Request):
            return "request"
        if issubclass(option, EventData):
            return "event_data"
        if issubclass(option, Header):
            return "header"
        if issubclass(option, Progress):
            return "progress"
        marker: Any = getattr(option, "special_argument", None)  # OAuth profile and token
        if isinstance(marker, str):
            return marker
    return None


def hints_of(fn: Callable[..., Any]) -> dict[str, Any]:
    """Resolved annotations; those that cannot be resolved stay away."""
    import typing

    target = unwrapped(fn)
    try:
        return typing.get_type_hints(target)
    except Exception:  # annotations may name anything; one bad one must not hide the others
        scope = getattr(inspect.unwrap(target), "__globals__", {})
        found: dict[str, Any] = {}
        for name, text in getattr(target, "__annotations__", {}).items():
            try:
                found[name] = eval(text, scope) if isinstance(text, str) else text
            except Exception:  # noqa: S112, RUF100  # same reason
                continue
        return found


_SECTIONS = ("args", "arguments", "parameters", "params", "returns", "raises", "yields")


def _description(fn: Callable[..., Any]) -> str:
    doc = inspect.getdoc(unwrapped(fn) if not inspect.isclass(fn) else fn) or ""
    lines: list[str] = []
    for line in doc.splitlines():
        text = line.strip()
        if text.endswith(":") and text.lower().rstrip(":") in _SECTIONS:
            break
        if text:
            lines.append(text)
    return " ".join(lines)


def facts_of(fn: Callable[..., Any]) -> FunctionFacts:
    """Facts of `fn`; functions without a signature (some builtins) take anything."""
    target = unwrapped(fn)
    is_generator = inspect.isgeneratorfunction(target) or inspect.isasyncgenfunction(target)
    is_async = inspect.iscoroutinefunction(target) or inspect.isasyncgenfunction(target)
    name = str(getattr(fn, "__name__", None) or getattr(unwrapped(fn), "__name__", ""))
    if name in ("", "__call__"):
        name = type(fn).__name__
    try:
        parameters = list(inspect.signature(fn).parameters.values())
    except (TypeError, ValueError):
        return FunctionFacts(
            name, is_generator, is_async, (), 0, True, frozenset(), (), _description(fn)
        )
    hints = hints_of(fn)
    plain: list[str] = []
    special: list[SpecialArg] = []
    none_defaults: set[str] = set()
    components: set[str] = set()
    required = 0
    takes_any = False
    for position, p in enumerate(parameters):
        if p.kind is p.VAR_POSITIONAL:
            takes_any = True
            continue
        if p.kind is p.VAR_KEYWORD:
            continue
        hint = hints.get(p.name)
        kind = _kind_of(hint, p.default)
        if kind is not None:
            special.append(
                SpecialArg(p.name, position, kind, hint, p.default, p.kind is p.KEYWORD_ONLY)
            )
        elif p.kind is not p.KEYWORD_ONLY:
            plain.append(p.name)
            if _is_component(hint):
                components.add(p.name)
            if p.default is p.empty:
                required += 1
            elif p.default is None:
                none_defaults.add(p.name)
    return FunctionFacts(
        name,
        is_generator,
        is_async,
        tuple(plain),
        required,
        takes_any,
        frozenset(none_defaults),
        tuple(special),
        _description(fn),
        frozenset(components),
    )
