"""Code: an editor for program text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import check_among, prop
from limelight.errors import PayloadError, PropError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from limelight.core.block import Block

__all__ = ["Code"]

# NOTE: the browser half knows how each is loaded: languages.ts.
# fmt: off
_LANGUAGES = (
    "python", "c", "cpp", "markdown", "latex", "json", "html", "css", "javascript", "jinja2",
    "typescript", "yaml", "dockerfile", "shell", "r", "sql", "sql-msSQL", "sql-mySQL",
    "sql-mariaDB", "sql-sqlite", "sql-cassandra", "sql-plSQL", "sql-hive", "sql-pgSQL", "sql-gql",
    "sql-gpSQL", "sql-sparkSQL", "sql-esper",
)
# fmt: on


class Code(Component["str | None", "str | None"], tag="code"):
    """An editor for program text, with the colours of its language.

    Tab indents; Escape and then Tab leaves the editor.
    """

    value: str | Callable[..., Any] | None = prop(default=None, kw_only=False)
    """The text at first."""
    language: (
        Literal[
            "python",
            "c",
            "cpp",
            "markdown",
            "latex",
            "json",
            "html",
            "css",
            "javascript",
            "jinja2",
            "typescript",
            "yaml",
            "dockerfile",
            "shell",
            "r",
            "sql",
            "sql-msSQL",
            "sql-mySQL",
            "sql-mariaDB",
            "sql-sqlite",
            "sql-cassandra",
            "sql-plSQL",
            "sql-hive",
            "sql-pgSQL",
            "sql-gql",
            "sql-gpSQL",
            "sql-sparkSQL",
            "sql-esper",
        ]
        | None
    ) = prop(default=None, kw_only=False)
    """Language that it is coloured, indented and completed for; plain text if None."""
    lines: int = 5
    """Lines it is high at least."""
    max_lines: int | None = None
    """Lines it grows to with its text, then it scrolls; None grows with all of it."""
    min_width: int | None = 160
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    wrap_lines: bool = False
    """Whether lines that are too long go on below; if False they scroll."""
    show_line_numbers: bool = True
    """Whether lines are numbered."""
    autocomplete: bool = False
    """Whether words are suggested while typing."""
    buttons: list[Literal["copy", "download"] | Block] | None = None
    """Icon buttons: `"copy"`, `"download"`, and Button blocks; the two built-in if None."""

    change = events.change
    input = events.input
    focus = events.focus
    blur = events.blur

    def setup(self) -> None:
        check_among(self, language=(*_LANGUAGES, None))
        if self.max_lines is not None and self.max_lines < 1:
            raise PropError(
                f"Code() was given max_lines={self.max_lines!r}; expected 1 or more, or None for "
                "no limit."
            )
        self.buttons = ["copy", "download"] if self.buttons is None else list(self.buttons)
        super().setup()

    def preprocess(self, payload: Any) -> str | None:
        """The text; None if nothing was ever in the editor.

        Raises:
            PayloadError: it is not a text.
        """
        if payload is None or isinstance(payload, str):
            return payload
        raise PayloadError(f"{self!r} got {payload!r}; expected a text.")

    def postprocess(self, value: Any) -> str | None:
        """The text without blanks around it: `" x = 1 \\n"` → `"x = 1"`; None empties the editor.

        Raises:
            ValueRejected: it is not a text. A path is shown as it is; its file is not read.
        """
        if value is None:
            return None
        if not isinstance(value, str):
            raise ValueRejected(
                f"{self!r} got {value!r}; expected a text. Of a file, return what is in it: "
                "Path(...).read_text()."
            )
        return value.strip()

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "print('Hello World')"

    def example_value(self) -> Any:
        return "print('Hello World')"
