"""What a function returned as payloads for the page, naming the block when a conversion fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.block import Block
from limelight.core.component import is_component
from limelight.core.stow import Stower
from limelight.core.updates import is_update, per_output
from limelight.errors import LimelightError, ValueRejected

if TYPE_CHECKING:
    from limelight.core.component import Component
    from limelight.core.files import FileCache
    from limelight.core.listener import Listener
    from limelight.runtime.sessions import Session

__all__ = ["Encoded", "encode"]


class Encoded:
    """One step's payloads."""

    __slots__ = ("changed_state_ids", "data", "has_files")

    def __init__(self) -> None:
        self.data: list[Any] = []
        self.changed_state_ids: list[int] = []
        self.has_files = False


def encode(
    listener: Listener,
    session: Session,
    returned: Any,
    files: FileCache,
    tainted: frozenset[str],
) -> Encoded:
    """One payload per output. State values and changed props are kept in the session.

    Raises:
        ValueRejected: a value does not fit its output; the text names the output.
    """
    made = Encoded()
    stower = Stower(files, session.identity, tainted, trusted=False)
    for number, (block, value) in enumerate(
        zip(listener.outputs, per_output(listener, returned), strict=True), start=1
    ):
        try:
            made.data.append(_payload(listener, session, block, value, made, stower))
        except LimelightError:
            raise
        except Exception as problem:
            raise ValueRejected(
                f"{listener.describe()}, output {number} ({block!r}): cannot show "
                f"{type(value).__name__} {_short(value)} ({type(problem).__name__}: {problem})."
            ) from problem
    made.has_files = stower.has_files
    return made


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _payload(
    listener: Listener,
    session: Session,
    block: Block,
    value: Any,
    made: Encoded,
    stower: Stower,
) -> Any:
    if is_component(block) and block.is_stateful:
        if is_update(value):
            if "value" not in value:
                return None
            value = value["value"]
        key = block.block_id
        if _has_change_listener(block) and _is_changed(session, block, value):
            made.changed_state_ids.append(key)
        session.put_state(block, value)
        return None
    if not listener.postprocess:
        return stower(value)
    if is_update(value):
        return stower(_update(session, block, {k: v for k, v in value.items() if k != "__type__"}))
    if isinstance(value, Block):
        return stower(_update_from(session, block, value))
    if not is_component(block):
        return value
    effective = session.effective(block)
    assert is_component(effective)  # noqa: S101  # a copy of `block`
    return stower(effective.postprocess(value))


def _is_changed(session: Session, block: Component[Any, Any], value: Any) -> bool:
    """Whether a State has another value now.

    A function may have changed the old value in place, so contents are compared, not objects: else
    a listener of the change that returns the state would call itself for ever.
    """
    key = block.block_id
    old = session.marks.get(key) or _mark(block.initial_value)
    new = session.marks[key] = _mark(value)
    if old and new:
        return old != new
    return session.state_of(block) is not value


def _mark(value: Any) -> bytes:
    """A short name for the content of a value; empty if it has none."""
    import hashlib
    import pickle

    try:
        return hashlib.blake2b(pickle.dumps(value), digest_size=16).digest()
    except Exception:  # locks, generators, lambdas: the author may keep anything
        return b""


def _has_change_listener(block: Block) -> bool:
    graph = block.graph
    return graph is not None and any(
        target is block and event == "change"
        for listener in graph.listeners.values()
        for target, event in listener.targets
    )


def _update(session: Session, block: Block, props: dict[str, Any]) -> dict[str, Any]:
    """An update from props by name, normalised as the constructor does."""
    if not props:
        return {"__type__": "update"}
    extra = {name: props.pop(name) for name in list(props) if props[name] is None}
    kind: Any = type(block)
    made: Block | None = kind(**{**props, "render": False}) if props else None
    update: dict[str, Any] = {"__type__": "update"}
    if made is not None:
        update = _update_from(session, block, made)
    for name in extra:
        update.setdefault(name, None)
    session.change_props(block, extra)
    return update


def _update_from(session: Session, block: Block, given: Block) -> dict[str, Any]:
    """An update from an instance: the props that its constructor was given."""
    props = given.given_props()
    value_given = "value" in props
    value = props.pop("value", None)
    session.change_props(block, given.given_attributes())
    update: dict[str, Any] = {"__type__": "update", **props}
    if value_given:
        effective = session.effective(block)
        update["value"] = effective.postprocess(value) if is_component(effective) else value
    return update
