"""The forms of a message: as authors write it, and as it crosses the wire."""

from __future__ import annotations

from collections.abc import Sequence  # fields of typed dictionaries are evaluated
from dataclasses import dataclass, field
from typing import Any, Literal, NotRequired, TypedDict

from limelight.core.filedata import FileData  # the same

__all__ = ["ChatMessage", "MessageDict"]


class OptionDict(TypedDict):
    """An answer that the reader can give with one press."""

    value: str
    """What is sent."""
    label: NotRequired[str]
    """What the button says, if that is something else."""


class Usage(TypedDict, total=False):
    """What a message took, shown below it. All members are optional."""

    model: str
    """Name of the model."""
    input_tokens: int
    output_tokens: int
    seconds: float
    """From the first token to the last."""
    first_token_s: float
    """Seconds until the first token came."""
    tokens_per_second: float
    """Worked out from tokens and seconds if it is missing."""
    cost: float
    currency: str
    """ISO 4217 code, such as `"EUR"`; `"USD"` if missing."""


class Source(TypedDict, total=False):
    """Where something that a message says was found. `[1]` in its text links to the first one."""

    title: str
    url: str
    """Only `http:` and `https:` become links."""
    text: str
    """The passage."""
    score: float
    """How well it fits, 0 to 1."""


class Artifact(TypedDict, total=False):
    """Something a message made that is worth a pane of its own beside the conversation."""

    id: str
    """Artifacts with one id are versions of the same thing; the title if missing."""
    title: str
    kind: Literal["code", "document", "html", "image", "table"]
    language: str
    """Of code."""
    content: Any
    """Text for code, documents (Markdown) and HTML (drawn in a sandbox); a file for an image; for a
    table `{"headers": [...], "rows": [[...]]}`."""


class MetadataDict(TypedDict):
    """What is known of a message besides its content. A message with a title is a step on the way
    to an answer: a thought, or the use of a tool. All members are optional.
    """

    title: NotRequired[str]
    """Makes the message a step that can be folded."""
    id: NotRequired[int | str]
    """Name of the step, for steps inside."""
    parent_id: NotRequired[int | str]
    """The step that this one belongs to."""
    log: NotRequired[str]
    """Short text beside the title."""
    duration: NotRequired[float]
    """Seconds that the step took."""
    status: NotRequired[Literal["pending", "done"]]
    """`"pending"` shows that it goes on and unfolds it, `"done"` folds it."""
    kind: NotRequired[Literal["thought", "tool", "agent", "plan", "handoff"]]
    """What sort of step it is; a thought if missing."""
    input: NotRequired[Any]
    """What a tool was given: a text, or anything that is JSON."""
    output: NotRequired[Any]
    """What it gave back."""
    error: NotRequired[str]
    """Why the step, or the answer, failed."""
    author: NotRequired[dict[str, Any]]
    """Who speaks, where several do: `{"name": "Critic", "avatar": "critic.png"}`."""
    usage: NotRequired[Usage]
    """What the message took."""
    sources: NotRequired[list[Source]]
    """Where things were found."""
    artifacts: NotRequired[list[Artifact]]
    """Things worth a pane of their own."""
    followups: NotRequired[list[str]]
    """What the reader may want to ask next."""
    tasks: NotRequired[list[dict[str, Any]]]
    """A list of tasks as of TaskList: `{"title": …, "status": …}`."""
    ask: NotRequired[dict[str, Any]]
    """A question that waits for the reader; made by `gr.ask`."""
    state: NotRequired[Literal["streaming", "stopped", "interrupted", "failed"]]
    """How the answer ended, or that it has not; complete if missing."""
    node: NotRequired[str]
    """Name of the message in its conversation; made by ChatInterface."""
    siblings: NotRequired[list[int]]
    """Which of how many versions of the message this is: `[0, 3]` is the first of three."""


class ExampleMessage(TypedDict):
    """A message to begin with. All members are optional."""

    icon: NotRequired[str | dict[str, Any]]
    """Path or URL of a picture."""
    display_text: NotRequired[str]
    """What is shown instead of the text."""
    text: NotRequired[str]
    files: NotRequired[Sequence[str | dict[str, Any]]]
    """Paths or URLs."""


MessageContent = Any
"""A text, a component, a file (`FileData`, or a dictionary with `path` and maybe `alt_text`)."""


class MessageDict(TypedDict):
    """A message as a dictionary."""

    content: MessageContent | list[MessageContent]
    role: Literal["user", "assistant", "system"]
    metadata: NotRequired[MetadataDict]
    options: NotRequired[list[OptionDict]]


@dataclass
class ChatMessage:
    """A message of a conversation."""

    content: MessageContent | list[MessageContent]
    """A text (Markdown), a component, a file, or a list of them."""
    role: Literal["user", "assistant", "system"] = "assistant"
    """Who says it."""
    metadata: MetadataDict = field(default_factory=MetadataDict)
    """What is known of it; with a title it is a step on the way to an answer."""
    options: list[OptionDict] = field(default_factory=list[OptionDict])
    """Answers that the reader can give with one press."""


# ---- as they cross the wire, for code that makes them by hand ------------------------------------


@dataclass(kw_only=True)
class TextMessage:
    """A text in a message."""

    text: str
    type: Literal["text"] = "text"


@dataclass(kw_only=True)
class FileMessage:
    """A file in a message."""

    file: FileData
    alt_text: str | None = None
    """What it shows, for those who cannot see it."""
    type: Literal["file"] = "file"


@dataclass(kw_only=True)
class ComponentMessage:
    """A component in a message."""

    component: str
    """What draws it: its tag."""
    value: Any
    """What crosses to the page."""
    constructor_args: dict[str, Any]
    """What it was made with."""
    props: dict[str, Any]
    """What the page gets."""
    type: Literal["component"] = "component"


@dataclass(kw_only=True)
class Message:
    """A message as it crosses the wire."""

    role: str
    metadata: MetadataDict | None = None
    content: list[TextMessage | FileMessage | ComponentMessage]
    options: list[OptionDict] | None = None


@dataclass
class ChatbotDataMessages:
    """A conversation as it crosses the wire."""

    root: list[Message]
