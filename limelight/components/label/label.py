"""Label: the classes that a model found, with how sure it is of each."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, cast

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PayloadError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from limelight.core.block import Block

__all__ = ["Label", "LabelConfidence", "LabelData"]

_NAME = {
    "anyOf": [{"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "null"}],
    "default": None,
}
_SCHEMA: dict[str, Any] = {
    "$defs": {
        "LabelConfidence": {
            "properties": {
                "label": {**_NAME, "title": "Label"},
                "confidence": {
                    "anyOf": [{"type": "number"}, {"type": "null"}],
                    "default": None,
                    "title": "Confidence",
                },
            },
            "title": "LabelConfidence",
            "type": "object",
        }
    },
    "properties": {
        "label": {**_NAME, "title": "Label"},
        "confidences": {
            "anyOf": [
                {"items": {"$ref": "#/$defs/LabelConfidence"}, "type": "array"},
                {"type": "null"},
            ],
            "default": None,
            "title": "Confidences",
        },
    },
    "title": "LabelData",
    "type": "object",
}


@dataclass(kw_only=True)
class LabelConfidence:
    """How sure a model is of one class."""

    label: str | int | float | None = None
    """Name of the class."""
    confidence: float | None = None
    """0 to 1."""

    def model_dump(self) -> dict[str, Any]:
        """The members as a dictionary."""
        return asdict(self)


@dataclass(kw_only=True)
class LabelData:
    """A classification as it crosses the wire."""

    label: str | int | float | None = None
    """The class that is most likely."""
    confidences: list[LabelConfidence] | None = None
    """All classes, the most likely first; None when nothing is known but the class."""

    @classmethod
    def from_json(cls, x: Any) -> LabelData:
        """The classification that a wire object describes.

        Raises:
            PayloadError: it is no such object.
        """
        if not isinstance(x, dict):
            raise PayloadError(f"A label got {x!r}; expected an object with 'label'.")
        members = cast("dict[str, Any]", x)
        entries: Any = members.get("confidences")
        label = _class_name(members.get("label"))
        if entries is None:
            return cls(label=label)
        if not isinstance(entries, list):
            raise PayloadError(f"A label got confidences={entries!r}; expected a list or null.")
        listed: list[Any] = [*entries]
        return cls(label=label, confidences=[_confidence(entry) for entry in listed])

    def model_dump(self) -> dict[str, Any]:
        """The members as a dictionary."""
        return asdict(self)


class Label(Component[dict[str, Any], Any], tag="label"):
    """The classes that a model found, with how sure it is of each."""

    value: dict[str, float] | str | float | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """What it shows first: confidences (0 to 1) by class, or only the name of a class."""
    num_top_classes: int | None = None
    """Most classes shown, the most likely first; None shows all."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    color: str | None = None
    """Background of the heading, as a CSS colour."""
    show_heading: bool = True
    """Whether the most likely class is also shown large."""
    buttons: list[Block] | None = None
    """Button blocks drawn in its corner."""

    change = events.change
    select = events.select

    def setup(self) -> None:
        if self.buttons is None:
            self.buttons = []
        super().setup()

    def preprocess(self, payload: Any) -> dict[Any, float] | str | int | float | None:
        """Confidences by class; only the class when nothing else is known; None for `{}`."""
        if payload is None or payload == {}:
            return None
        data = payload if isinstance(payload, LabelData) else LabelData.from_json(payload)
        if data.confidences is None:
            return data.label
        return {c.label: c.confidence or 0.0 for c in data.confidences}

    def postprocess(self, value: Any) -> dict[str, Any]:
        """An object with `label`, the most likely class, and `confidences`, the most likely first.

        `{"cat": 0.7, "dog": 0.3}` →
        `{"label": "cat", "confidences": [{"label": "cat", "confidence": 0.7}, …]}`;
        `"cat"` → `{"label": "cat", "confidences": None}`; None → `{}`.

        Raises:
            ValueRejected: it is neither, or a confidence is no number.
        """
        if value is None or value == {}:
            return {}
        if isinstance(value, LabelData):
            return value.model_dump()
        if isinstance(value, (str, int, float)) or getattr(value, "shape", None) == ():
            return {"label": str(value), "confidences": None}
        if not isinstance(value, dict):
            raise ValueRejected(
                f"{self!r} got {value!r}; expected a text, a number, or a dictionary of "
                "confidences (0 to 1) by class."
            )
        confidences: dict[Any, Any] = {**value}
        return self._ranked(confidences)

    def _ranked(self, given: Mapping[Any, Any]) -> dict[str, Any]:
        if isinstance(given.get("confidences"), list):  # in the form of the wire already
            return LabelData.from_json(given).model_dump()
        try:
            ranked = sorted(
                ((_plain(name), float(sure)) for name, sure in given.items()),
                key=lambda entry: entry[1],
                reverse=True,
            )
        except (TypeError, ValueError) as problem:
            raise ValueRejected(
                f"{self!r} got {given!r}, where a confidence is no number ({problem}); expected 0 "
                "to 1 for each class."
            ) from problem
        if self.num_top_classes is not None:
            ranked = ranked[: self.num_top_classes]
        entries = [{"label": name, "confidence": sure} for name, sure in ranked]
        return {"label": entries[0]["label"] if entries else None, "confidences": entries}

    def api_info(self) -> dict[str, Any]:
        return _SCHEMA

    def example_payload(self) -> Any:
        return {
            "label": "Cat",
            "confidences": [
                {"label": "cat", "confidence": 0.9},
                {"label": "dog", "confidence": 0.1},
            ],
        }

    def example_value(self) -> Any:
        return {"cat": 0.9, "dog": 0.1}

    def read_from_flag(self, payload: Any) -> Any:
        import json

        return json.loads(payload) if isinstance(payload, str) else payload


def _plain(name: Any) -> str | int | float:
    """A class's name as JSON has it; numbers of numpy become plain ones."""
    if isinstance(name, (str, int, float)):
        return name
    plain: Any = name.item() if hasattr(name, "item") else str(name)
    return str(plain) if isinstance(plain, bool) or not isinstance(plain, (int, float)) else plain


def _class_name(name: Any) -> str | int | float | None:
    if name is not None and not isinstance(name, (str, int, float)):
        raise PayloadError(f"A label got the class {name!r}; expected a text or a number.")
    return name


def _confidence(entry: Any) -> LabelConfidence:
    members: dict[str, Any] = cast("dict[str, Any]", entry) if isinstance(entry, dict) else {}
    sure = members.get("confidence")
    is_number = isinstance(sure, (int, float)) and not isinstance(sure, bool)
    if not members or not (sure is None or is_number):
        raise PayloadError(
            f"A label got the confidence {entry!r}; expected an object with 'label' and a number "
            "as 'confidence'."
        )
    return LabelConfidence(
        label=_class_name(members.get("label")), confidence=None if sure is None else float(sure)
    )
