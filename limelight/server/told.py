"""What one reader was told of running calls, so that it is not told the same again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from limelight.wire.codec import encode

if TYPE_CHECKING:
    from limelight.runtime.outbox import Entry, Outbox

__all__ = ["Told"]


class Told:
    """The messages that one reader gets, as JSON.

    The result of a generator is the value of its last step again. A reader that was sent that step
    and says that it keeps values (`stands` in the address) gets the result with `data: null`, which
    means that they stand: a long conversation is not sent once more at the end of each answer.

    Args:
        outbox: Where the messages come from.
        keeps_values: Whether the reader does.
    """

    __slots__ = ("_keeps_values", "_outbox", "_steps")

    def __init__(self, outbox: Outbox, *, keeps_values: bool) -> None:
        self._outbox = outbox
        self._keeps_values = keeps_values
        self._steps: dict[str | None, int] | None = None
        """Number of the last step that was sent of each running call."""

    def check(self, at: int) -> None:
        """Before messages behind `at` are sent: values may have been with lost ones."""
        if self._keeps_values and at < self._outbox.first_seq - 1:
            self._keeps_values = False
            self._steps = None

    def data(self, entry: Entry) -> bytes:
        """What the reader is sent for a message."""
        if not self._keeps_values:
            return entry.data
        if entry.kind == "process_generating":
            if self._steps is None:
                self._steps = {}
            self._steps[entry.event_id] = entry.seq
        elif entry.kind == "process_completed" and self._steps is not None:
            seq = self._steps.pop(entry.event_id, None)
            self._steps = self._steps or None
            if entry.brief is not None and entry.step is not None and entry.step.seq == seq:
                return encode(entry.brief)
        return entry.data
