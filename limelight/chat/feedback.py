"""What readers say of messages, kept in a CSV file."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limelight.core.csvlog import CsvLog
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Feedback"]

_COLUMNS = ("conversation", "index", "value", "flag", "username", "timestamp")


class Feedback:
    """A file `log.csv` with a row for each time that a reader said something of a message.

    Its columns are the conversation as JSON, the number of the message in it and its text, what was
    said, by whom (empty unless logged in), and when (local time).

    Args:
        folder: Where the file is; made with the first row.
        options: What can be said.
    """

    def __init__(self, folder: str, options: Sequence[str]) -> None:
        self.options = tuple(options)
        self._log = CsvLog(Path(folder) / "log.csv", _COLUMNS)

    def note(
        self, messages: list[dict[str, Any]], index: Any, liked: Any, username: str | None
    ) -> None:
        """Keep what a reader said.

        Args:
            messages: The conversation as the page has it.
            index: Number of the message.
            liked: True or False for the first and the second option, or the option itself; an empty
                text takes back what was said, and is kept, too.
            username: Who, if logged in.

        Raises:
            PayloadError: there is no such message or option.
        """
        flag = {True: "Like", False: "Dislike"}.get(liked, liked)
        if flag not in (*self.options, ""):
            raise PayloadError(f"{liked!r:.80} is not among {', '.join(map(repr, self.options))}.")
        if not isinstance(index, int) or not 0 <= index < len(messages):
            raise PayloadError(f"There is no message {index!r:.40}.")
        message = messages[index]
        texts = [part["text"] for part in message["content"] if part["type"] == "text"]
        self._log.append(
            [
                json.dumps(messages, default=_named),
                str(index),
                "\n".join(texts),
                flag,
                username or "",
                str(datetime.now()),
            ]
        )


def _named(value: Any) -> Any:
    """A file by its name; a reader of the log has no use for more."""
    return {"file": getattr(value, "orig_name", None) or str(getattr(value, "path", value))}
