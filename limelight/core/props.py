"""Props: from annotated class attributes to a constructor, a signature and the wire.

Knows nothing of the page; `Block` uses it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, dataclass_transform

from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Callable
    from inspect import Signature

__all__ = [
    "Constructor",
    "HasProps",
    "Prop",
    "SignatureOf",
    "bind",
    "check_among",
    "closest",
    "collect",
    "derived",
    "prop",
]


class _Missing:
    """Stands for "no default"; one instance."""

    def __repr__(self) -> str:
        return "<required>"


_MISSING: Any = _Missing()


class _Spec(NamedTuple):
    """What `prop()` was given; becomes a `Prop` when its class is made."""

    default: Any
    default_factory: Callable[[], Any] | None
    kw_only: bool
    wire: bool
    alias: str | None


class Prop(NamedTuple):
    """One prop of one class."""

    attribute: str
    """Where the value stands on the instance."""
    name: str
    """What the constructor and the wire call it."""
    default: Any
    default_factory: Callable[[], Any] | None
    kw_only: bool
    wire: bool
    """Whether the browser gets it."""
    annotation: str
    owner: str
    """Class that declares it."""

    @property
    def is_required(self) -> bool:
        """Whether the constructor insists on it."""
        return self.default is _MISSING and self.default_factory is None

    def make_default(self) -> Any:
        """The value for an instance that was not given one."""
        return self.default_factory() if self.default_factory is not None else self.default


def prop(
    *,
    default: Any = _MISSING,
    default_factory: Callable[[], Any] | None = None,
    kw_only: bool = True,
    wire: bool = True,
    alias: str | None = None,
) -> Any:
    """A prop that needs more than a default.

    Args:
        default: Value when the constructor is not given one; without it the prop is required.
        default_factory: Makes the default for each instance, for lists and dictionaries.
        kw_only: Whether it can be passed by keyword only.
        wire: Whether the browser gets it.
        alias: Name in the constructor, when the attribute has another one.
    """
    return _Spec(default, default_factory, kw_only, wire, alias)


# Type checkers take fields from subclasses only, so it is not `Block` that is decorated.
@dataclass_transform(eq_default=False, kw_only_default=True, field_specifiers=(prop,))
class HasProps:
    """Anything with props: the root of `Block`, for modules that must not know blocks."""


def derived(method: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Mark a method without arguments whose result the browser gets as a prop of the same name."""
    method.__dict__["is_derived"] = True
    return method


def collect(cls: type) -> dict[str, Prop]:
    """All props of a class by constructor name: own positional, own keyword, then inherited."""
    own: list[Prop] = []
    for attribute, annotation in cls.__annotations__.items():
        text = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
        if attribute.startswith("_") or text.startswith(("ClassVar", "typing.ClassVar")):
            continue
        given = cls.__dict__.get(attribute, _MISSING)
        spec = given if isinstance(given, _Spec) else _Spec(given, None, True, True, None)
        if spec.default_factory is None and spec.default is not _MISSING:
            setattr(cls, attribute, spec.default)
        elif attribute in cls.__dict__:
            delattr(cls, attribute)
        own.append(
            Prop(
                attribute,
                spec.alias or attribute,
                spec.default,
                spec.default_factory,
                spec.kw_only,
                spec.wire,
                text,
                cls.__name__,
            )
        )
    own.sort(key=lambda p: p.kw_only)
    props = {p.name: p for p in own}
    for base in cls.__mro__[1:]:
        for name, inherited in base.__dict__.get("_own_props", {}).items():
            props.setdefault(name, inherited)
    cls._own_props = {p.name: p for p in own}  # type: ignore[attr-defined]  # set on every class made here
    return props


def closest(name: str, among: Any) -> str:
    """`" Did you mean 'label'?"`, or nothing when no name is near."""
    import difflib

    near = difflib.get_close_matches(name, list(among), n=1)
    return f" Did you mean {near[0]!r}?" if near else ""


def check_among(owner: object, **allowed: tuple[Any, ...]) -> None:
    """Check props that can have a few values only.

    Args:
        owner: Whose attributes are checked.
        allowed: By name of the prop, the values that it can have.

    Raises:
        PropError: one has another value.
    """
    for name, values in allowed.items():
        value = getattr(owner, name)
        if value not in values:
            *others, last = map(repr, values)
            texts = [one for one in values if isinstance(one, str)]
            raise PropError(
                f"{type(owner).__name__}() was given {name}={value!r}; expected "
                f"{', '.join(others)} or {last}.{closest(str(value), texts)}"
            )


def bind(
    cls: type, props: dict[str, Prop], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """What the constructor was given, by prop name.

    Raises:
        PropError: a name is unknown, given twice or missing.
    """
    positional = [p.name for p in props.values() if not p.kw_only]
    if len(args) > len(positional):
        raise PropError(
            f"{cls.__name__}() was given {len(args)} positional arguments; it takes "
            f"{len(positional)} ({', '.join(positional) or 'none'}). Pass the others by name."
        )
    given = dict(zip(positional, args, strict=False))
    for name, value in kwargs.items():
        if name in given:
            raise PropError(
                f"{cls.__name__}() was given {name!r} twice, by position and by name. Pass it once."
            )
        if name not in props:
            raise PropError(f"{cls.__name__}() has no prop {name!r}.{closest(name, props)}")
        given[name] = value
    for name, p in props.items():
        if name not in given and p.is_required:
            raise PropError(
                f"{cls.__name__}() was not given {name!r}, which it needs. Pass {name}=…"
            )
    return given


def _signature(owner: type, *, with_self: bool) -> Signature:
    from inspect import Parameter, Signature

    props: dict[str, Prop] = getattr(owner, "prop_table", {})
    parameters = [Parameter("self", Parameter.POSITIONAL_OR_KEYWORD)] if with_self else []
    parameters += [
        Parameter(
            p.name,
            Parameter.KEYWORD_ONLY if p.kw_only else Parameter.POSITIONAL_OR_KEYWORD,
            default=Parameter.empty if p.is_required else p.make_default(),
            annotation=p.annotation,
        )
        for p in sorted(props.values(), key=lambda p: p.kw_only)
    ]
    more: str | None = getattr(owner, "takes_more", None)
    if more is not None:
        parameters.append(Parameter(more, Parameter.VAR_KEYWORD))
    return Signature(parameters)


class SignatureOf:
    """`__signature__` of a class whose constructor is made from props; built when somebody asks."""

    def __get__(self, instance: object, owner: type) -> Signature:
        init = next((c for c in owner.__mro__ if "__init__" in c.__dict__), object)
        if not init.__dict__.get("_binds_props", False):
            raise AttributeError("__signature__")  # a constructor of its own describes itself
        return _signature(owner, with_self=False)


class Constructor:
    """An `__init__` whose signature is made from the props of the class that it is asked of."""

    def __init__(self, construct: Callable[..., None]) -> None:
        self._construct = construct

    def __get__(self, instance: object, owner: type) -> Any:
        if instance is None:
            return _Described(self._construct, owner)
        from types import MethodType

        return MethodType(self._construct, instance)


class _Described:
    """`Class.__init__`, to be looked at."""

    __name__ = "__init__"

    def __init__(self, construct: Callable[..., None], owner: type) -> None:
        self._construct = construct
        self._owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> None:
        self._construct(*args, **kwargs)

    @property
    def __signature__(self) -> Signature:
        return _signature(self._owner, with_self=True)
