"""`ask`: a running function asks its caller, and goes on with the answer.

Knows what can be asked and what is an answer; the running call's reporter carries both.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
import secrets
import sys
from concurrent.futures import CancelledError, Future
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

from limelight.core.context import current_reporter
from limelight.core.narrow import is_listing, is_object
from limelight.errors import NoAnswer, NotAvailable, PayloadError, PropError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Kind", "Place", "Question", "ask", "place_of_questions", "plain"]

Kind = Literal["approval", "choice", "text", "file"]
_KINDS = ("approval", "choice", "text", "file")
LONGEST_TEXT = 100_000
"""Characters of an answer."""


@dataclass(frozen=True)
class Question:
    """What a function wants to know."""

    prompt: str
    kind: Kind
    details: Any = None
    options: tuple[tuple[str, Any], ...] = ()
    """Labels and values of a choice."""
    file_types: tuple[str, ...] = ()
    placeholder: str | None = None
    timeout_s: float | None = None
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    """Who knows it, and owns the session, can answer."""

    def shown(self) -> dict[str, Any]:
        """What readers are told of it, as JSON."""
        made: dict[str, Any] = {"id": self.id, "kind": self.kind, "prompt": self.prompt}
        if self.details is not None:
            made["details"] = self.details
        if self.options:
            made["options"] = [label for label, _ in self.options]
        if self.file_types:
            made["file_types"] = list(self.file_types)
        if self.placeholder:
            made["placeholder"] = self.placeholder
        return made

    def answer(self, given: Any) -> Any:
        """What the function gets for what the reader sent; of a file its local path.

        Raises:
            PayloadError: it is no answer to this question.
        """
        if self.kind == "approval" and isinstance(given, bool):
            return given
        if self.kind == "choice":
            for label, value in self.options:
                if given == label:
                    return value
            raise PayloadError(
                f"The answer {given!r:.80} is none of the options; expected one of "
                f"{', '.join(repr(label) for label, _ in self.options)}."
            )
        if self.kind == "text" and isinstance(given, str) and len(given) <= LONGEST_TEXT:
            return given
        if self.kind == "file":
            path: Any = given.get("path") if is_object(given) else None
            if isinstance(path, str):
                return path
        expected = {
            "approval": "true or false",
            "text": f"a text of at most {LONGEST_TEXT} characters",
            "file": "an uploaded file",
        }
        raise PayloadError(
            f"The answer {given!r:.80} does not fit; expected {expected[self.kind]}."
        )


class Place(Protocol):
    """Where a question is shown, if not in a dialog: inside the answer of a chat."""

    def open(self, question: Question) -> Any:
        """Show it; what the function's outputs get for that."""

    def close(self, question: Question, told: dict[str, Any]) -> Any:
        """Show how it was answered, or why not; what the outputs get for that."""


place_of_questions: ContextVar[Place | None] = ContextVar("place_of_questions", default=None)
"""Where the running function's questions are shown."""


def ask(
    prompt: str,
    kind: Kind | None = None,
    *,
    details: Any = None,
    options: Sequence[str | tuple[str, Any]] | None = None,
    file_types: Sequence[str] | None = None,
    placeholder: str | None = None,
    timeout_s: float | None = 600,
) -> Any:
    """Ask who called the running function, and wait for the answer.

    ```python
    if gr.ask("Delete the folder?", details={"path": path}):
        ...
    size = await gr.ask("How large?", options=["small", "large"])
    ```

    In a function that runs in a thread it gives the answer. In an `async` function it gives what is
    to be awaited. While it waits, the call gives its place in the queue's limits to others, and has
    to get one again before it goes on. A page that is loaded again shows the question again.

    Args:
        prompt: The question, in a sentence.
        kind: `"approval"` gives True or False, `"choice"` one of the options, `"text"` a text,
            `"file"` the path of a file. If None: a choice if there are options, else an approval.
        details: What it is about, such as the arguments of a tool call: a text, or JSON.
        options: What can be chosen: texts, or pairs of a label and the value that is given.
        file_types: Which files can be chosen, such as `[".csv", "image"]`.
        placeholder: Shown in the empty field of a text.
        timeout_s: Seconds to wait; None waits as long as the reader is there.

    Raises:
        NoAnswer: nobody answered in time, the call was cancelled, or nobody can be asked.
    """
    question = _question(prompt, kind, details, options, file_types, placeholder, timeout_s)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        if sys.platform == "emscripten":
            raise NotAvailable(
                "ask() cannot wait in a plain function in a browser. Make the function `async` and "
                "await the answer."
            ) from None
        return _wait(question)
    return _await(question)


def _question(
    prompt: str,
    kind: Any,
    details: Any,
    options: Any,
    file_types: Any,
    placeholder: str | None,
    timeout_s: float | None,
) -> Question:
    if kind is None:
        kind = "choice" if options else "approval"
    if kind not in _KINDS:
        raise PropError(
            f"ask() was given kind={kind!r}; expected {', '.join(map(repr, _KINDS))} or None."
        )
    if (kind == "choice") != bool(options):
        raise PropError(
            f"ask() was given kind={kind!r} and options={options!r:.80}; expected options for a "
            "choice, and none for other kinds."
        )
    if timeout_s is not None and not (timeout_s > 0 and math.isfinite(timeout_s)):
        raise PropError(f"ask() was given timeout_s={timeout_s!r}; expected seconds, or None.")
    pairs: list[tuple[str, Any]] = []
    for option in options or ():
        pair: Any = option if is_listing(option) else (str(option), option)
        pairs.append((str(pair[0]), pair[1]))
    return Question(
        prompt=str(prompt),
        kind=kind,
        details=plain(details),
        options=tuple(pairs),
        file_types=tuple(file_types or ()),
        placeholder=placeholder,
        timeout_s=timeout_s,
    )


def plain(given: Any) -> Any:
    """Anything as JSON; what is none is told as its text."""
    if given is None or isinstance(given, (bool, int, float, str)):
        return given
    if is_object(given):
        return {str(name): plain(value) for name, value in given.items()}
    if is_listing(given):
        return [plain(value) for value in given]
    return str(given)


def _sent(question: Question) -> Future[Any]:
    reporter = current_reporter.get()
    if reporter is None:
        raise NoAnswer(
            f"ask({question.prompt!r:.80}) found nobody: no call is running here. Ask inside a "
            "function that a listener of the app calls."
        )
    return reporter.ask(question, place_of_questions.get())


def _unanswered(question: Question, why: str) -> NoAnswer:
    return NoAnswer(f"ask({question.prompt!r:.80}) got no answer: {why}.")


def _late(question: Question) -> NoAnswer:
    return _unanswered(question, f"nobody answered within {question.timeout_s:g} s")


def _wait(question: Question) -> Any:
    answer = _sent(question)
    try:
        return answer.result()
    except CancelledError:
        raise _unanswered(question, "the call was cancelled") from None
    except TimeoutError as problem:
        if isinstance(problem, NoAnswer):
            raise
        raise _late(question) from None


async def _await(question: Question) -> Any:
    answer = _sent(question)
    with contextlib.suppress(CancelledError):
        try:
            return await asyncio.wrap_future(answer)
        except asyncio.CancelledError:
            if not answer.cancelled():
                answer.cancel()
            raise
        except TimeoutError as problem:
            if isinstance(problem, NoAnswer):
                raise
            raise _late(question) from None
    raise _unanswered(question, "the call was cancelled")
