"""What components that stream have to do: send a value in pieces, or play one while it is made."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from typing import NotRequired

    from limelight.core.filedata import FileData

__all__ = ["MediaStreamChunk", "StreamingInput", "StreamingOutput"]


class MediaStreamChunk(TypedDict):
    """A piece of media as a component makes it."""

    data: bytes
    duration: float
    """Seconds."""
    extension: str
    """`.aac` or `.ts`."""
    id: NotRequired[str]


class StreamingInput(ABC):
    """Mixed into a component whose value the page sends in pieces, to listeners of `stream`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    @abstractmethod
    def check_streamable(self) -> None:
        """Raise an error if the component cannot stream as it was made; called when it is made."""


class StreamingOutput(ABC):
    """Mixed into a component whose value is played while it is made, if its `streaming` is true.

    All methods may be coroutine functions. They run in a thread.
    """

    streaming: bool

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    @abstractmethod
    def stream_output(self, value: FileData | None, output_id: str, first_chunk: bool) -> Any:
        """A `MediaStreamChunk`, or None, and the file object that tells of it (its `orig_name`).

        Args:
            value: What `postprocess` gave; its `data` is there, or its `path` can be read.
            output_id: Names the run and the output.
            first_chunk: Whether it is the first of the run.
        """

    def flush_stream_output(self, output_id: str) -> Any:  # noqa: B027  # most have nothing left
        """What is left in an encoder at the end: a `MediaStreamChunk` or None."""

    def end_stream_output(self, output_id: str) -> Any:  # noqa: B027  # most keep nothing
        """The run is over; forget what is known of it."""

    @abstractmethod
    def combine_stream(
        self, stream: list[bytes], desired_output_format: str | None = None, only_file: bool = False
    ) -> Any:
        """All segments as one file of a format, such as `wav`."""
