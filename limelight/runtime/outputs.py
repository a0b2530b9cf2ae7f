"""What a function returned as payloads for the page, naming the block when a conversion fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from limelight.core.block import Block
from limelight.core.component import is_component
from limelight.core.filedata import FileData
from limelight.core.narrow import is_listing
from limelight.core.snapshot import Snapshot
from limelight.core.stow import Stower
from limelight.core.tail import Tail
from limelight.core.updates import is_update, per_output
from limelight.errors import LimelightError, ValueRejected
from limelight.runtime.deltas import advance, advance_tail, own, plain

if TYPE_CHECKING:
    from limelight.core.component import Component
    from limelight.core.files import FileCache
    from limelight.core.listener import Listener
    from limelight.runtime.deltas import Edit
    from limelight.runtime.sessions import Session
    from limelight.runtime.streams import MediaRun

__all__ = ["Encoded", "encode"]

_CONSTANTS = frozenset((str, int, float, bool, bytes, type(None)))


class Encoded:
    """One step's payloads."""

    __slots__ = ("changed_state_ids", "data", "edits", "has_files", "sources")

    def __init__(self) -> None:
        self.data: list[Any] = []
        """Full values: plain data that nobody changes any more."""
        self.edits: list[list[Edit]] | None = None
        """What has changed since the step before, per output; None for the first step."""
        self.changed_state_ids: list[int] = []
        self.has_files = False
        """Whether this step or one before it has files."""
        self.sources: list[tuple[Any, Block] | None] = []
        """Per output the value that the function gave, if it cannot change, and the block that
        converted it: the same ones give the same payload again.
        """


def encode(
    listener: Listener,
    session: Session,
    returned: Any,
    files: FileCache,
    tainted: frozenset[str],
    *,
    last: Encoded | None = None,
    media: MediaRun | None = None,
) -> Encoded:
    """One payload per output. State values and changed props are kept in the session.

    Args:
        listener: Whose function returned.
        session: For whom.
        returned: What it returned.
        files: Where files are kept.
        tainted: Strings that the caller sent.
        last: The step before; what has not changed is taken from it.
        media: Takes the pieces of outputs that are played while they are made.

    Raises:
        ValueRejected: a value does not fit its output; the text names the output.
    """
    made = Encoded()
    step = _Step(
        listener,
        session,
        made,
        Stower(files, session.identity, tainted, trusted=False),
        last,
        media,
    )
    if last is not None:
        made.edits = []
        made.has_files = last.has_files
    values = per_output(listener, returned)
    for number, (block, value) in enumerate(zip(listener.outputs, values, strict=True)):
        try:
            _add(step, number, block, value)
        except LimelightError:
            raise
        except Exception as problem:
            raise ValueRejected(
                f"{listener.describe()}, output {number + 1} ({block!r}): cannot show "
                f"{type(value).__name__} {_short(value)} ({type(problem).__name__}: {problem})."
            ) from problem
    session.note_payloads(listener.outputs, made.data)
    return made


class _Step(NamedTuple):
    listener: Listener
    session: Session
    made: Encoded
    stower: Stower
    last: Encoded | None
    media: MediaRun | None

    def plain(self, value: Any) -> Any:
        """A file as its handle, other values as JSON."""
        return self.stower(value) if isinstance(value, FileData) else plain(value)


def _add(step: _Step, number: int, block: Block, value: Any) -> None:
    """Add one output's payload, and what is new in it."""
    made, last, stower = step.made, step.last, step.stower
    stower.has_files = False
    media = step.media if step.media is not None and step.media.takes(block, value) else None
    is_stateful = is_component(block) and block.is_stateful
    source = None
    is_kept = is_stateful or block.is_per_session
    if media is None and not is_kept and _is_constant(value):
        source = (value, step.session.effective(block))
    if last is not None and source is not None and _is_same(source, last.sources[number]):
        made.sources.append(source)
        made.data.append(last.data[number])
        made.edits.append([])  # type: ignore[union-attr]  # a list, because there is a last step
        return
    payload = _payload(step.listener, step.session, block, value, made)
    if media is not None:
        payload = media.add(step.session.effective(block), payload, stower)
    if last is None or made.edits is None:
        whole = payload.whole() if isinstance(payload, Tail) else payload
        made.data.append(own(whole, step.plain))
    else:
        old = last.data[number]
        if isinstance(payload, Tail):
            edits, payload = advance_tail(old, payload, step.plain)
        else:
            edits, payload = advance(old, payload, step.plain)
        made.data.append(payload)
        made.edits.append(edits)
    # A path that is returned again may name a file with other content.
    made.sources.append(None if stower.has_files else source)
    made.has_files = made.has_files or stower.has_files


def _is_constant(value: Any) -> bool:
    """Whether a value cannot change while a function holds it."""
    if is_listing(value):
        return type(value) is tuple and all(map(_is_constant, value))
    return type(value) in _CONSTANTS


def _is_same(source: tuple[Any, Block], last: tuple[Any, Block] | None) -> bool:
    return last is not None and source[0] is last[0] and source[1] is last[1]


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 120 else text[:117] + "..."


def _payload(
    listener: Listener,
    session: Session,
    block: Block,
    value: Any,
    made: Encoded,
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
        return value
    if isinstance(value, Snapshot):
        return _update(session, block, value.changes())
    if is_update(value):
        return _update(session, block, {k: v for k, v in value.items() if k != "__type__"})
    if isinstance(value, Block):
        return _update_from(session, block, value)
    if not is_component(block):
        return value
    effective = session.effective(block)
    assert is_component(effective)  # noqa: S101  # a copy of `block`
    return effective.postprocess(value)


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
    kind: Any = type(block)
    own = kind.takes_more is not None  # names that are no props of the class are the author's own
    unset = [n for n, v in props.items() if v is None and (n in kind.prop_table or not own)]
    extra = {name: props.pop(name) for name in unset}
    made = block.as_given(props) if props else None
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
