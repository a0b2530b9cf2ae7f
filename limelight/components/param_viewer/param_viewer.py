"""ParamViewer: the parameters of a function or class, as documentation shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypedDict, cast

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_object
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["ParamViewer"]

_LANGUAGES = ("python", "typescript")
_EXPECTED = "expected a dictionary with 'type', 'description' and 'default' by name"


class Parameter(TypedDict):
    """One parameter of a function."""

    type: str
    """Its type, as the language writes it."""
    description: str
    """What it is for; `code` and [links](https://example.com) are drawn."""
    default: str | None
    """What it is if nothing is given, as the language writes it; None if it must be given."""


class ParamViewer(Component["dict[str, Any] | None", Any], tag="paramviewer"):
    """The parameters of a function or class: each with its type, and what it is for when opened."""

    value: Mapping[str, Parameter] | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """Parameters by name, in the order shown."""
    language: Literal["python", "typescript"] = prop(default="python", kw_only=False)
    """Language that types and defaults are written in."""
    linkify: list[str] | None = prop(default=None, kw_only=False)
    """Types that link to the heading that has their name."""
    every: Any = prop(default=None, wire=False, kw_only=False)
    """With a function as value: seconds, or a Timer, between two calls of it."""
    inputs: (
        Component[Any, Any] | Sequence[Component[Any, Any]] | set[Component[Any, Any]] | None
    ) = prop(default=None, wire=False, kw_only=False)
    """With a function as value: components it takes, and is called again for when they change."""
    is_rendered: bool = prop(default=True, wire=False, kw_only=False, alias="render")
    """Whether it is placed where it is made; if False, `.render()` places it later."""
    key: int | str | tuple[int | str, ...] | None = prop(default=None, wire=False, kw_only=False)
    """In a render function: blocks with equal keys are the same block across runs."""
    preserved_by_key: list[str] | str | None = prop(default="value", kw_only=False)
    """Names of props that a keyed component keeps across runs of a render function."""
    header: str | None = prop(default="Parameters", kw_only=False)
    """Stands above the list, with a button that opens all; None leaves both away."""
    anchor_links: bool | str = prop(default=False, kw_only=False)
    """Whether each parameter can be linked to; a text begins the links' names."""
    max_height: int | str | None = prop(default=None, kw_only=False)
    """Pixels, or a CSS length; a list that is longer scrolls."""

    if TYPE_CHECKING:  # they take the order from the classes above

        def __init__(
            self,
            value: Mapping[str, Parameter | dict[str, Any]] | Callable[..., Any] | None = None,
            language: Literal["python", "typescript"] = "python",
            linkify: list[str] | None = None,
            every: Any = None,
            inputs: Component[Any, Any]
            | Sequence[Component[Any, Any]]
            | set[Component[Any, Any]]
            | None = None,
            render: bool = True,
            key: int | str | tuple[int | str, ...] | None = None,
            preserved_by_key: list[str] | str | None = "value",
            header: str | None = "Parameters",
            anchor_links: bool | str = False,
            max_height: int | str | None = None,
            *,
            label: str | None = None,
            info: str | None = None,
            show_label: bool | None = None,
            container: bool = True,
            scale: int | None = None,
            min_width: int | None = None,
            interactive: bool | None = None,
            load_fn: Callable[..., Any] | None = None,
            visible: bool | Literal["hidden"] = True,
            elem_id: str | None = None,
            elem_classes: list[str] | str | None = None,
        ) -> None: ...

    change = events.change
    upload = events.upload

    def setup(self) -> None:
        check_among(self, language=_LANGUAGES)
        super().setup()

    def preprocess(self, payload: Any) -> dict[str, Parameter] | None:
        """The parameters by name, as they were given.

        Raises:
            PayloadError: it is no object of objects.
        """
        if payload is None or _is_table(payload):
            return cast("dict[str, Parameter] | None", payload)
        raise PayloadError(f"{self!r} got {payload!r}; {_EXPECTED}.")

    def postprocess(self, value: Any) -> dict[str, Any] | None:
        """The same as it was given: `{"n": {"type": "int", "description": "…", "default": "1"}}`.

        Raises:
            ValueRejected: it is no dictionary of dictionaries.
        """
        if value is None or _is_table(value):
            return cast("dict[str, Any] | None", value)
        raise ValueRejected(f"{self!r} got {value!r}; {_EXPECTED}.")

    def api_info(self) -> dict[str, Any]:
        return {"type": {}}

    def example_payload(self) -> Any:
        return {"array": {"type": "numpy", "description": "any valid json", "default": "None"}}

    def example_value(self) -> Any:
        return self.example_payload()


def _is_table(value: Any) -> bool:
    return is_object(value) and all(
        isinstance(name, str) and isinstance(row, dict) for name, row in value.items()
    )
