"""Terminal: what a program writes, with its colours and progress bars, and commands for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping, Sequence
    from os import PathLike

    from limelight.core.block import Block
    from limelight.core.transcript import LogHandler

__all__ = ["Terminal"]


class Terminal(Component["str | None", "str | None"], tag="terminal"):
    """Lines that a program writes: a log, or the output of a command.

    Escape sequences give colours and styles (16, 256 and 24-bit), move the cursor and erase lines,
    as progress bars do; links lead to http and https only, and all other sequences are swallowed.
    A function that yields the growing text sends what is new, and the browser reads only that.

    With a `prompt` the reader can type commands: `submit` gets the text with the command in its
    last line, and `event.command` of a `gr.EventData` is the command alone.
    """

    value: str | Sequence[str] | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """The text at first, or its lines."""
    height: int | str | None = "20em"
    """Pixels, or a CSS length, of the part with the lines."""
    max_lines: int = 10_000
    """Lines that are kept; older ones go."""
    wrap: bool = True
    """Whether lines that are too long go on below; if False they scroll."""
    follow: bool = True
    """Whether it shows the end while text is added, until the reader scrolls up."""
    line_numbers: bool = False
    """Whether lines are numbered."""
    timestamps: bool = False
    """Whether lines show when they came to this page; those that were there at first show none."""
    searchable: bool = True
    """Whether it can be searched: by its button, Ctrl+F or `/`, and then `n` and `N`."""
    prompt: str | None = None
    """Shown in front of a field for commands, such as `"$ "`; None has no field."""
    buttons: list[Literal["copy", "download", "clear"] | Block] | None = None
    """Icon buttons: `"copy"`, `"download"`, `"clear"`, and Button blocks; those three if None."""

    change = events.change
    submit = events.submit
    clear = events.clear
    stop = events.stop

    def setup(self) -> None:
        if self.max_lines < 1:
            raise PropError(
                f"Terminal() was given max_lines={self.max_lines!r}; expected 1 or more."
            )
        if self.buttons is None:
            self.buttons = ["copy", "download", "clear"]
        if self.prompt is not None and self.interactive is None:
            self.interactive = True  # also if a function writes to it
        super().setup()

    def preprocess(self, payload: Any) -> str | None:
        """The text with its escape sequences; None if there never was any.

        Raises:
            PayloadError: it is not a text.
        """
        if payload is None or isinstance(payload, str):
            return payload
        raise PayloadError(f"{self!r} got {payload!r}; expected a text.")

    def postprocess(self, value: Any) -> str | None:
        r"""The text to show: `["a", "b"]` → `"a\nb"`; None empties it.

        Raises:
            ValueRejected: it is neither a text nor a list of texts.
        """
        if value is None or isinstance(value, str):
            return value
        lines = cast("Sequence[Any]", value if isinstance(value, (list, tuple)) else [value])
        for line in lines:
            if not isinstance(line, str):
                raise ValueRejected(
                    f"{self!r} cannot show {line!r}; expected a text or a list of lines. Decode "
                    "bytes, and make other values a text with str()."
                )
        return "\n".join(lines)

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> str:
        return "\x1b[32mready\x1b[0m\n"

    def example_value(self) -> str:
        return "\x1b[32mready\x1b[0m\n"

    @staticmethod
    def handler(*, colors: bool = True, max_lines: int = 10_000) -> LogHandler:
        """A handler for `logging` that keeps what is logged as a text for a terminal.

        Args:
            colors: Whether levels have colours.
            max_lines: Lines that are kept; older ones go from time to time.

        Example:
            handler = gr.Terminal.handler()
            yield from handler.follow(train, epochs=3)
        """
        from limelight.core.transcript import LogHandler

        return LogHandler(colors=colors, max_lines=max_lines)

    @staticmethod
    def command(
        command: str | Sequence[str],
        *,
        cwd: str | PathLike[str] | None = None,
        env: Mapping[str, str] | None = None,
        max_lines: int = 10_000,
    ) -> Generator[str, None, int]:
        """Run a program and yield what it has written so far, until it ends; for a listener.

        It runs without a shell, and is ended when the call is cancelled. What it writes to
        standard output and standard error comes in the order written.

        Args:
            command: The program and its arguments; a text is split as a shell would.
            cwd: The folder that it runs in.
            env: Variables that it gets in addition to those of this process.
            max_lines: Lines that are kept; older ones go from time to time.

        Returns:
            Its exit code, to `code = yield from gr.Terminal.command(...)`.
        """
        from limelight.core.transcript import run

        return run(command, cwd=cwd, env=env, max_lines=max_lines)
