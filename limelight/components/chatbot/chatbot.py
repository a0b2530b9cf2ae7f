"""Chatbot: a conversation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.chatcontent import components_in, from_page, steps_of, to_page
from limelight.core.component import Component
from limelight.core.filedata import FileData
from limelight.core.narrow import is_listing, is_object
from limelight.core.props import check_among, derived, prop
from limelight.core.tail import Tail
from limelight.errors import PayloadError, PropError, ValueRejected
from limelight.media.icons import icon_file
from limelight.wire.chat import CHAT_SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from limelight.components.chatbot.messages import ExampleMessage, Message, MessageDict
    from limelight.core.block import Block

__all__ = ["Chatbot"]

_BUTTONS = ("share", "copy", "copy_all")
_LAYOUTS = (None, "panel", "bubble")


class Chatbot(Component["list[dict[str, Any]]", "list[dict[str, Any]]"], tag="chatbot"):
    """A conversation: messages with text in Markdown, files, components, and the steps of agents.

    Its value is a list of messages, the oldest first: dictionaries with `role` (`"user"`,
    `"assistant"` or `"system"`) and `content`, or `ChatMessage`s. Pairs of a question and an
    answer, as older apps have them, are taken, too.
    """

    value: list[MessageDict | Message] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """The messages at first."""
    min_width: int | None = 160
    """Pixels it needs."""
    autoscroll: bool = True
    """Whether the newest text stays in sight, unless the reader has scrolled away."""
    height: int | str | None = 400
    """Pixels, or a CSS length; older messages scroll out of sight."""
    resizable: bool = False
    """Whether the reader can change the height."""
    max_height: int | str | None = None
    """Pixels, or a CSS length, up to which it grows with its messages; then give `height=None`."""
    min_height: int | str | None = None
    """Pixels, or a CSS length."""
    editable: Literal["user", "all"] | None = None
    """Which messages the reader can edit: `"user"` the own ones, `"all"` also the answers."""
    latex_delimiters: list[dict[str, str | bool]] | None = None
    """What encloses LaTeX: dictionaries with `left`, `right` and `display`; `$$` if None."""
    rtl: bool = False
    """Whether it is written from right to left."""
    buttons: list[Literal["share", "copy", "copy_all"] | Block] | None = None
    """Icon buttons: `"copy"` on each message, `"copy_all"` and `"share"` for all of it; also
    Buttons of your own. All three if None."""
    watermark: str | None = None
    """Added to the end of what is copied."""
    avatar_images: tuple[str | Path | None, str | Path | None] | None = None
    """Paths or URLs of pictures of the reader and of the app."""
    sanitize_html: bool = True
    """Whether HTML that could run code is removed. Turn it off only for text of your own."""
    render_markdown: bool = True
    """Whether text is Markdown."""
    feedback_options: list[str] | tuple[str, ...] | None = ("Like", "Dislike")
    """What readers can say to a message: `"Like"` and `"Dislike"` are thumbs, others stand in a
    menu. Shown if there is a `like` listener."""
    feedback_value: Sequence[str | None] | None = None
    """What was said, one for each message of the app."""
    line_breaks: bool = True
    """Whether every line break of a text is one on the page."""
    layout: Literal["panel", "bubble"] | None = None
    """`"bubble"` draws messages on both sides, `"panel"` below one another; bubbles if None."""
    placeholder: str | None = None
    """Markdown or HTML shown while there are no messages."""
    examples: list[ExampleMessage] | None = None
    """Messages to begin with, shown while there are none."""
    allow_file_downloads: bool = True
    """Whether files have a button that downloads them."""
    group_consecutive_messages: bool = True
    """Whether messages of one side that follow each other are drawn as one."""
    allow_tags: list[str] | bool = True
    """Tags of names that HTML does not know, such as `<thinking>`, which readers see as they are
    written; of others only the content stays. True is for all. Without `sanitize_html` they are
    elements.
    """
    reasoning_tags: list[tuple[str, str]] | None = None
    """Pairs that enclose thoughts in a text, as `("<think>", "</think>")`; they become steps."""
    like_user_message: bool = False
    """Whether the reader's own messages can be liked, too."""

    queued: list[dict[str, str]] | None = None
    """Messages that wait until the answer is complete, as `{"id": ..., "text": ...}`."""

    change = events.change
    select = events.select
    like = events.like
    retry = events.retry
    undo = events.undo
    example_select = events.example_select
    option_select = events.option_select
    clear = events.clear
    copy = events.copy
    edit = events.edit
    action = events.action

    def setup(self) -> None:
        super().setup()
        check_among(self, layout=_LAYOUTS, editable=(None, "user", "all"))
        given: Any = self.buttons
        for button in given or ():
            if isinstance(button, str) and button not in _BUTTONS:
                raise PropError(
                    f"Chatbot() was given {button!r} among buttons; expected "
                    f"{', '.join(map(repr, _BUTTONS))} or Buttons."
                )
        wanted: Any = _BUTTONS if given is None else given
        self.buttons = list(wanted)
        if self.latex_delimiters is None:
            self.latex_delimiters = [{"left": "$$", "right": "$$", "display": True}]
        self._set_pictures()
        for block in components_in(self.value):
            block.unrender()  # it stands in its message
        self.feedback_options = list(self.feedback_options or ())
        self._tags = _reasoning(self.reasoning_tags)

    def _set_pictures(self) -> None:
        pair: Any = self.avatar_images if self.avatar_images is not None else (None, None)
        if not is_listing(pair) or len(pair) != 2:
            raise PropError(
                f"Chatbot() was given avatar_images={pair!r:.200}; expected a pair of paths: the "
                "reader's and the app's. None leaves one away."
            )
        made: Any = [icon_file(picture) for picture in pair]
        self.avatar_images = made
        if self.examples is not None:
            shown: Any = [_example(example) for example in self.examples]
            self.examples = shown

    @derived
    def likeable(self) -> bool:
        """Whether readers can say what they think of a message."""
        return self._is_heard("like")

    @derived
    def _retryable(self) -> bool:
        return self._is_heard("retry")

    @derived
    def _undoable(self) -> bool:
        return self._is_heard("undo")

    def _is_heard(self, event: str) -> bool:
        graph = self.graph
        return graph is not None and any(
            target is self and name == event
            for listener in graph.listeners.values()
            for target, name in listener.targets
        )

    # ---- page to function --------------------------------------------------------------------

    def preprocess(self, payload: Any) -> list[dict[str, Any]]:
        """The messages; files are dictionaries with a local `path`.

        `[{"role": "user", "content": [{"text": "hi", "type": "text"}], "metadata": None,
        "options": None}]` stays. `None` becomes `[]`.

        Raises:
            PayloadError: it is no such list.
        """
        if payload is None:
            return []
        if not is_listing(payload):
            raise PayloadError(f"{self!r} got {payload!r:.200}; expected a list of messages.")
        return [from_page(message, self) for message in payload]

    # ---- function to page --------------------------------------------------------------------

    def postprocess(self, value: Any) -> Any:
        """The messages to show; none for None.

        `[{"role": "user", "content": "hi"}]` becomes `[{"role": "user", "metadata": None,
        "content": [{"text": "hi", "type": "text"}], "options": None}]`. With `reasoning_tags` the
        thoughts in a message become messages before it.

        Raises:
            ValueRejected: it is no list of messages; the text names the first that is none.
        """
        if value is None:
            return []
        if isinstance(value, Tail):
            # What is kept counts messages as the page has them: thoughts are apart already.
            return Tail(value.kept, self._shown(value.rest), lambda: self._shown(value.whole()))
        root: Any = getattr(value, "root", value)
        if not is_listing(root):
            raise ValueRejected(
                f"{self!r} was given {type(value).__name__} {value!r:.80}; expected a list of "
                'messages, such as [{"role": "user", "content": "Hello"}].'
            )
        return self._shown(root)

    def _shown(self, messages: Any) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = []
        for message in messages:
            for one in to_page(message, self):
                shown += steps_of(one, self._tags) if self._tags else (one,)
        return shown

    # ---- description -------------------------------------------------------------------------

    def api_info(self) -> dict[str, Any]:
        return CHAT_SCHEMA

    def example_payload(self) -> Any:
        return self.postprocess(
            [
                {"role": "user", "content": "Hello!"},
                {"role": "assistant", "content": "How can I help you?"},
            ]
        )

    def example_value(self) -> Any:
        return self.example_payload()


def _reasoning(tags: Any) -> re.Pattern[str] | None:
    """What finds thoughts: group 1 their text, group 2 their end, if it has come already."""
    if not tags:
        return None
    pairs: list[str] = []
    for pair in tags:
        if not is_listing(pair) or len(pair) != 2 or not all(isinstance(t, str) for t in pair):
            raise PropError(
                f"Chatbot() was given {pair!r} among reasoning_tags; expected a pair of texts such "
                'as ("<think>", "</think>").'
            )
        begin, end = map(re.escape, pair)
        pairs.append(f"{begin}((?:(?!{end}).)*)({end}|$)")
    return re.compile("|".join(pairs), re.DOTALL)


def _example(given: Any) -> dict[str, Any]:
    if not is_object(given) or not (given.keys() & {"text", "files", "display_text"}):
        raise PropError(
            f"Chatbot() was given {given!r:.120} among examples; expected dictionaries such as "
            '{"text": "Tell me a story"}.'
        )
    made = dict(given)
    if "icon" in made:
        made["icon"] = icon_file(made["icon"])
    if "files" in made:
        made["files"] = [
            FileData.from_path(file) if isinstance(file, str) else file for file in made["files"]
        ]
    return made
