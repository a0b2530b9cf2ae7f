"""`ChatInterface`: a chat with a function, in one call."""

from __future__ import annotations

import functools
import inspect
import json
import time
from typing import TYPE_CHECKING, Any, Literal, cast

from limelight.app.blocks import Blocks
from limelight.app.examples import Examples
from limelight.chat.answering import (
    Answering,
    all_messages,
    messages_of,
    question_of,
    talk_messages,
    text_of,
)
from limelight.chat.feedback import Feedback
from limelight.chat.history import History
from limelight.chat.store import open_store
from limelight.chat.talk import Talk
from limelight.chat.trail import Trail
from limelight.chat.tree import Turn
from limelight.core import notices
from limelight.core.chatcontent import from_page
from limelight.core.component import is_component
from limelight.core.context import current_reporter
from limelight.core.function import facts_of, hints_of, unwrapped
from limelight.core.lookup import class_of_tag, component
from limelight.core.narrow import is_array, is_listing, is_object
from limelight.core.payloads import (  # functions' annotations are read at run time
    EditData,  # noqa: TC001
    EventData,  # noqa: TC001
    LikeData,  # noqa: TC001
    RetryData,  # noqa: TC001
    SelectData,  # noqa: TC001
    UndoData,  # noqa: TC001
)
from limelight.core.question import Question, place_of_questions
from limelight.core.request import Request  # noqa: TC001  # the same
from limelight.core.updates import skip, update
from limelight.errors import PropError
from limelight.settings import settings

if TYPE_CHECKING:
    import os
    from collections.abc import AsyncIterator, Callable, Iterator

    from limelight.core.trigger import Dependency

__all__ = ["ChatInterface"]

_QUIET: dict[str, Any] = {
    "queue": False,
    "show_progress": "hidden",
    "api_visibility": "undocumented",
}
_PLACEHOLDER = "Type a message..."
_GONE = "There is no such chat any more."


def _make(tag: str, *args: Any, **props: Any) -> Any:
    """A built-in block by tag; `app` names components only this way."""
    return cast("Any", class_of_tag(tag))(*args, **props)


class ChatInterface(Blocks, tag="chatinterface"):
    """A chat with a function.

    ```python
    import limelight as gr


    def answer(message, history):
        for end in range(1, len(message) + 1):
            yield message[:end][::-1]


    gr.ChatInterface(answer).launch()
    ```

    Args:
        fn: Takes the message and the history: a text (with `multimodal`, a dictionary with `text`
            and `files`, which are paths), and the messages before it as dictionaries with `role`
            and `content`. Gives the answer: a text, a component, a file as `{"path": ...}`, a
            `ChatMessage`, a dictionary with `content`, or a list of them. A generator gives the
            whole answer as far as it has come, again and again.
        multimodal: Whether files can be sent: chosen, dropped anywhere on the page, pasted, or
            recorded with the microphone.
        chatbot: What shows the conversation; made if None.
        textbox: Where messages are written; made if None.
        additional_inputs: More inputs of the function, in an accordion below the field.
        additional_inputs_accordion: The accordion, or its label.
        additional_outputs: What the function gives beside the answer: it returns or yields the
            answer first, then one value for each. They are to be placed by the author.
        editable: Whether the reader can edit own messages; each edit begins a branch.
        examples: Messages to begin with: texts, dictionaries with `text` and `files`, or, with
            additional inputs, lists of a message and their values.
        examples_label: Accepted for old apps.
        example_labels: What is shown instead of the examples' texts.
        example_icons: Paths or URLs of pictures, one for each example.
        run_examples_on_click: Whether a click on an example sends it; else it fills the field.
        cache_examples: Whether answers to examples are worked out once and kept.
        cache_mode: When: at launch (`"eager"`), or at the first click (`"lazy"`).
        title: Heading, and title of the browser's tab.
        description: Markdown below the heading.
        flagging_mode: `"manual"` lets readers say what they think of an answer, and keeps it.
        flagging_options: What they can say.
        flagging_dir: Folder of the file it is kept in.
        analytics_enabled: Accepted for old apps; nothing is ever reported.
        autofocus: Whether the field has the keyboard focus when the page is loaded.
        autoscroll: Whether the newest text stays in sight, unless the reader has scrolled away.
        submit_btn: Whether the field has a button that sends; a text is its caption.
        stop_btn: Whether it has one that stops an answer; a text is its caption.
        concurrency_limit: Answers that are worked out at a time; None is no limit.
        delete_cache: Seconds between two sweeps of old files, and the age at which they go.
        show_progress: How much of the status tracker is shown.
        fill_height: Whether the conversation takes the height of the window.
        fill_width: Whether the page uses the whole width of the window.
        api_name: Name of the endpoint; the function's name if None.
        api_description: Description of the endpoint; the docstring if None.
        api_visibility: Whether the endpoint is listed.
        save_history: Whether conversations are kept and listed at the side.
        validator: Runs before a message is sent; says whether it is valid.
        store: Where conversations are kept, which it says, too: the path of a file, or the URL of a
            database, `postgresql://…`. None is a file in the folder `.limelight`.
        title_chats: Gives the title of a kept conversation from its messages once it has an
            answer; without it the first words of the question are the title.
    """

    def __init__(
        self,
        fn: Callable[..., Any],
        *,
        multimodal: bool = False,
        chatbot: Any = None,
        textbox: Any = None,
        additional_inputs: Any = None,
        additional_inputs_accordion: Any = None,
        additional_outputs: Any = None,
        editable: bool = False,
        examples: list[Any] | None = None,
        examples_label: str | None = "Examples",
        example_labels: list[str] | None = None,
        example_icons: list[str] | None = None,
        run_examples_on_click: bool = True,
        cache_examples: bool | None = None,
        cache_mode: Literal["eager", "lazy"] | None = None,
        title: str | None = None,
        description: str | None = None,
        flagging_mode: Literal["never", "manual"] | None = None,
        flagging_options: list[str] | tuple[str, ...] | None = ("Like", "Dislike"),
        flagging_dir: str = ".gradio/flagged",
        analytics_enabled: bool | None = None,
        autofocus: bool = True,
        autoscroll: bool = True,
        submit_btn: str | bool | None = True,
        stop_btn: str | bool | None = True,
        concurrency_limit: int | Literal["default"] | None = "default",
        delete_cache: tuple[int, int] | None = None,
        show_progress: Literal["full", "minimal", "hidden"] = "minimal",
        fill_height: bool = True,
        fill_width: bool = False,
        api_name: str | None = None,
        api_description: str | Literal[False] | None = None,
        api_visibility: Literal["public", "private", "undocumented"] = "public",
        save_history: bool = False,
        validator: Callable[..., Any] | None = None,
        store: str | os.PathLike[str] | None = None,
        title_chats: Callable[[list[dict[str, Any]]], str] | None = None,
        **kwargs: Any,
    ) -> None:
        _ = examples_label
        if title:
            kwargs["title"] = title
        super().__init__(
            analytics_enabled=analytics_enabled,
            mode="chat_interface",
            fill_height=fill_height,
            fill_width=fill_width,
            delete_cache=delete_cache,
            **kwargs,
        )
        if not callable(fn):
            raise PropError(
                f"ChatInterface() was given fn={fn!r}; expected a function. Pass it without "
                "calling it."
            )
        self.fn = fn
        self.multimodal = multimodal
        self.stop_btn = stop_btn
        self.examples = list(examples or [])
        self.run_examples_on_click = run_examples_on_click
        self.concurrency_limit: int | Literal["default"] | None = concurrency_limit
        self.progress_shown: Literal["full", "minimal", "hidden"] = show_progress
        self.validator = validator
        is_flagged = (flagging_mode or settings().flagging_mode) == "manual"
        self.feedback = Feedback(flagging_dir, flagging_options or ()) if is_flagged else None
        self.additional_inputs = [component(part) for part in _listed(additional_inputs)]
        self.additional_outputs = _listed(additional_outputs)
        self._facts = facts_of(fn)
        where = settings().chat_store if save_history and store is None else store
        self.history = None if where is None else History(open_store(where), title_chats)
        """What keeps the conversations, if they are kept."""
        self._check_arguments()
        with self:
            self.conversation = _make("state", Talk(_begun(chatbot)))
            """What was said, of each session."""
            self.chatbot_value = _make("state", None)
            """Messages that a listener of your own puts here take the place of what was said."""
            self._place_threads()
            with _make("column", scale=1 if fill_height else None):
                self._place_heading(title, description)
                self.chatbot = self._chatbot(
                    chatbot, editable, autoscroll, example_labels, example_icons
                )
                with _make("group", elem_classes="chat-composer"), _make("row"):
                    self.textbox = self._textbox(textbox, autofocus, submit_btn)
                if self.additional_inputs:
                    self._place_additional(additional_inputs_accordion)
                self._endpoint(api_name, api_description, api_visibility)
                self._kept_examples = self._keep_examples(cache_examples, cache_mode)
            self._listen()

    def _check_arguments(self) -> None:
        facts = self._facts
        if facts.required > 2 + len(self.additional_inputs) and not facts.takes_any:
            raise PropError(
                f"ChatInterface() was given {facts.name}(), which takes {facts.required} "
                f"arguments; expected the message, the history and one for each of the "
                f"{len(self.additional_inputs)} additional inputs."
            )

    # ---- parts -----------------------------------------------------------------------------------

    def _chatbot(
        self, given: Any, editable: bool, autoscroll: bool, labels: Any, icons: Any
    ) -> Any:
        if given is None:
            given = _make(
                "chatbot",
                label="Chatbot",
                scale=1,
                height=200 if self.fill_height else None,
                autoscroll=autoscroll,
                editable="user" if editable else None,
            )
        elif given.parent is None:
            given.render()
        if self.feedback is not None:
            given.feedback_options = list(self.feedback.options)
        if self.examples and given.examples is None:
            given.examples = [
                self._example(example, number, labels, icons)
                for number, example in enumerate(self.examples)
            ]
            given.setup()
        return given

    def _example(self, example: Any, number: int, labels: Any, icons: Any) -> dict[str, Any]:
        message = example[0] if is_listing(example) else example
        made: dict[str, Any] = {"text": message} if isinstance(message, str) else dict(message)
        if labels and number < len(labels):
            made["display_text"] = labels[number]
        if icons and number < len(icons):
            made["icon"] = icons[number]
        return made

    def _textbox(self, given: Any, autofocus: bool, submit_btn: Any) -> Any:
        tag = "multimodaltextbox" if self.multimodal else "textbox"
        if given is not None:
            if given.tag != tag:
                raise PropError(
                    f"ChatInterface() was given textbox={given!r} and "
                    f"multimodal={self.multimodal}; expected a {tag}."
                )
            given.submit_btn, given.stop_btn = submit_btn, False
            if given.parent is None:
                given.render()
            return given
        files = {"sources": ["upload", "microphone"], "file_count": "multiple"}
        return _make(
            tag,
            **(files if self.multimodal else {}),
            show_label=False,
            label="",
            placeholder=_PLACEHOLDER,
            scale=7,
            container=False,
            autofocus=autofocus,
            submit_btn=submit_btn,
            stop_btn=False,
        )

    def _place_heading(self, title: str | None, description: str | None) -> None:
        if title:
            heading = f"<h1 style='text-align: center; margin-bottom: 1rem'>{title}</h1>"
            _make("markdown", heading)
        if description:
            _make("markdown", description)

    def _place_threads(self) -> None:
        if self.history is not None:
            with _make("sidebar", width=280):
                self.threads = _make("chatthreads", self.history)

    def _place_additional(self, accordion: Any) -> None:
        unplaced = [block for block in self.additional_inputs if block.parent is None]
        if not unplaced:
            return
        if accordion is None or isinstance(accordion, str):
            accordion = _make("accordion", accordion or "Additional Inputs", open=False)
        elif accordion.parent is None:
            accordion.render()
        with accordion:
            for block in unplaced:
                block.render()

    # ---- the endpoint ----------------------------------------------------------------------------

    def _endpoint(self, name: str | None, description: Any, visibility: Any) -> None:
        """What clients call: a message and the additional inputs, for the answer as JSON."""
        button = _make("button", "Chat", visible=False)
        response = _make("json", label="Response", visible=False)
        history = _make("state", [])
        button.click(
            _adapted(self.fn, self._call_steps if self._facts.is_generator else self._call),
            [self.textbox, history, *self.additional_inputs],
            [response, history, *self.additional_outputs],
            api_name=name or self._facts.name,
            api_description=description,
            api_visibility=visibility,
            concurrency_limit=self.concurrency_limit,
            concurrency_id=self._group,
            validator=self.validator,
        )

    @property
    def _group(self) -> str:
        return f"chat-{id(self.fn)}"

    def _told(self, message: Any, history: list[Any], response: Any) -> tuple[Any, ...]:
        """What the endpoint gives for what the function gave."""
        answer, more = self._parted(response)
        if isinstance(answer, Trail):
            answer = answer.messages
        parts = [_plain(one) for one in (answer if is_array(answer) else [answer])]
        said = [*history, *question_of(message)]
        for part in parts:
            is_message = is_object(part) and "role" in part
            said.append(part if is_message else {"role": "assistant", "content": part})
        told: Any = parts if is_array(answer) else parts[0]
        return json.dumps(told) if isinstance(told, str) else told, said, *more

    def _parted(self, response: Any) -> tuple[Any, list[Any]]:
        """The answer, and the values of the additional outputs."""
        if not self.additional_outputs:
            return response, []
        count = 1 + len(self.additional_outputs)
        if not is_listing(response) or len(response) != count:
            raise PropError(
                f"{self._facts.name}() gave {response!r:.80}; expected {count} values: the answer "
                "and one for each additional output."
            )
        return response[0], list(response[1:])

    # Each of these stands for the author's function, so that it runs where that would.

    def _call(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        message, history, *_ = args
        if not self._facts.is_async:
            return self._told(message, history, self.fn(*args, **kwargs))

        async def wait() -> Any:
            return self._told(message, history, await self.fn(*args, **kwargs))

        return wait()

    def _call_steps(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        message, history, *_ = args
        steps = self.fn(*args, **kwargs)
        if not self._facts.is_async:
            return (self._told(message, history, response) for response in steps)
        return (self._told(message, history, response) async for response in steps)

    # ---- a turn ----------------------------------------------------------------------------------

    def _listen(self) -> None:
        chat, box, talk = self.chatbot, self.textbox, self.conversation
        answered: list[Dependency] = []
        outputs = [chat, *self.additional_outputs]
        driver = self._answers_async if self._facts.is_async else self._answers

        def then_answer(begun: Dependency) -> None:
            answering = begun.success(
                _adapted(self.fn, driver, lead=("talk",), generator=True),
                [talk, *self.additional_inputs],
                outputs,
                api_name=f"{self._facts.name}_answer",
                api_visibility="undocumented",
                concurrency_limit=self.concurrency_limit,
                concurrency_id=self._group,
                show_progress=self.progress_shown,
                trigger_mode="multiple",
            )
            answered.append(answering)
            settled = answering.then(self._settle, talk, box, **_QUIET)
            if self.history is not None:
                begun.success(self._note, talk, self.threads, **_QUIET)
                settled.then(self._note, talk, self.threads, **_QUIET)

        submit = box.submit(
            self._submit, [box, talk], [box, chat], **_QUIET, validator=self.validator,
            trigger_mode="multiple",
        )  # fmt: skip
        then_answer(submit)
        then_answer(chat.retry(self._retry, talk, [chat, box], **_QUIET))
        then_answer(chat.edit(self._edit, talk, [chat, box], **_QUIET))
        then_answer(chat.option_select(self._option, talk, [chat, box], **_QUIET))
        if self.feedback is not None:
            chat.like(self._like, talk, None, **_QUIET)
        if self._kept_examples is not None and self.run_examples_on_click:
            chat.example_select(
                self._show_kept,
                talk,
                outputs,
                show_progress="hidden",
                api_visibility="undocumented",
            )
        elif self.examples:
            begun = chat.example_select(
                self._example_chosen, talk, [chat, box, *self.additional_inputs], **_QUIET
            )
            if self.run_examples_on_click:
                then_answer(begun)
        then_answer(chat.action(self._act, talk, [chat, box], **_QUIET))
        self.chatbot_value.change(self._replace, [self.chatbot_value, talk], [chat, box], **_QUIET)
        chat.undo(self._undo, talk, [chat, box], **_QUIET)
        chat.clear(self._clear, talk, [chat, box], **_QUIET)
        box.stop(self._stop, talk, [chat, box], **_QUIET)

        if self.history is not None:
            shown = [chat, box, self.threads]
            then_answer(self.threads.input(self._open, [self.threads, talk], shown, **_QUIET))
        self._answered = answered

    def _keep(self, talk: Talk, request: Request) -> None:
        """Have what is said kept for who calls."""
        if self.history is not None:
            self.history.attach(talk, request)

    def _note(self, talk: Talk) -> Any:
        """Tell the list at the side which conversation is open, and that there is news."""
        version = time.time_ns() // 1_000_000
        if talk.conversation.is_read_only:
            return update(version=version)
        return update(value=talk.thread, version=version)

    def _open(self, wanted: Any, talk: Talk, request: Request) -> tuple[Any, Any, Any]:
        """Open a kept conversation, or one that a link leads to, or a new one."""
        assert self.history is not None  # noqa: S101  # there is no list without it
        owner = self.history.attach(talk, request)
        found: Any = None
        if wanted is None:
            talk.reset()
        elif wanted != talk.thread:
            token = wanted.removeprefix("shared:")
            is_shared = token != wanted
            opens = self.history.open_shared if is_shared else None
            found = opens(token) if opens else self.history.open(owner, wanted)
            if found is None:
                told = "This link leads to no chat any more." if is_shared else _GONE
                notices.Warning(told)
                talk.reset()
            else:
                talk.open(found)
        is_own = not talk.conversation.is_read_only
        about = _PLACEHOLDER if is_own else "This chat can only be read."
        value = talk.thread if is_own else wanted
        box = self._box(talk, interactive=is_own, placeholder=about)
        return self._view(talk), box, update(value=value)

    def _shown(self, messages: list[dict[str, Any]]) -> list[Any]:
        """Messages as the page gets them."""
        made: list[Any] = self.chatbot.postprocess(messages)
        return made

    def _all(self, talk: Talk) -> list[dict[str, Any]]:
        """The whole conversation, for the chatbot."""
        return all_messages(talk.conversation, talk.conversation.path())

    def _view(self, talk: Talk) -> Any:
        """The whole conversation with what waits, for the chatbot."""
        talk.note_path()
        queued = [question.shown() for question in talk.queued]
        return update(value=self._all(talk), queued=queued)

    def _box(self, talk: Talk, **more: Any) -> Any:
        """The field as long as an answer is coming, or when there is none."""
        return update(stop_btn=self.stop_btn if talk.is_busy else False, **more)

    def _submit(self, message: Any, talk: Talk, request: Request) -> tuple[Any, Any]:
        self._keep(talk, request)
        messages = question_of(message)
        if not messages:
            return skip(), skip()
        talk.say(messages, message)
        return self._box(talk, value=None if self.multimodal else ""), self._view(talk)

    def _ask(self, talk: Talk, messages: list[dict[str, Any]], given: Any) -> tuple[Any, Any]:
        talk.say(messages, given)
        return self._view(talk), self._box(talk)

    def _turn_at(self, talk: Talk, index: Any) -> Turn:
        """The turn that a message on the page belongs to."""
        at = _place(index)
        path = talk.conversation.path()
        count = 0
        for turn in path:
            count += len(talk_messages(talk.conversation, turn, self._shown))
            if isinstance(at, int) and 0 <= at < count:
                return turn
        raise PropError(f"There is no message {index!r} any more. Reload the page.")

    def _retry(self, talk: Talk, event: RetryData) -> tuple[Any, Any]:
        if talk.answer is None:
            talk.ask_again(self._turn_at(talk, event.index))
        return self._view(talk), self._box(talk)

    def _undo(self, talk: Talk, event: UndoData) -> tuple[Any, Any]:
        if talk.answer is not None:
            return skip(), skip()
        question = talk.take_back(self._turn_at(talk, event.index))
        text = text_of(question.messages)
        value: Any = {"text": text, "files": []} if self.multimodal else text
        return self._view(talk), self._box(talk, value=value)

    def _edit(self, talk: Talk, event: EditData) -> tuple[Any, Any]:
        if talk.answer is not None:
            return self._view(talk), skip()
        turn = self._turn_at(talk, event.index)
        conversation = talk.conversation
        text = event.value if isinstance(event.value, str) else text_of([{"content": event.value}])
        if turn.role == "user":
            conversation.end_at(turn.parent)
            talk.say(_with_text(turn.messages, text), text)
        else:
            messages = _with_text(turn.messages, text)
            talk.keep(conversation.add(Turn(turn.role, messages, turn.parent)))
        return self._view(talk), self._box(talk)

    def _option(self, talk: Talk, event: SelectData, request: Request) -> tuple[Any, Any]:
        self._keep(talk, request)
        return self._ask(talk, question_of(str(event.value)), str(event.value))

    def _example_chosen(self, talk: Talk, event: SelectData, request: Request) -> Any:
        self._keep(talk, request)
        example = self.examples[self._example_at(event)]
        message, *more = example if is_listing(example) else (example,)
        more += [skip()] * (len(self.additional_inputs) - len(more))
        if not self.run_examples_on_click:
            return [skip(), update(value=message), *more]
        return [*self._ask(talk, question_of(message), message), *more]

    def _example_at(self, event: SelectData) -> int:
        index = _place(event.index)
        if not isinstance(index, int) or not 0 <= index < len(self.examples):
            raise PropError(f"There is no example {index!r}. Reload the page.")
        return index

    def _like(self, talk: Talk, event: LikeData, request: Request) -> None:
        assert self.feedback is not None  # noqa: S101  # attached only with it
        shown = [m for turn in talk.conversation.path() for m in self._shown(turn.messages)]
        self.feedback.note(shown, _place(event.index), event.liked, request.username)

    # ---- kept examples ---------------------------------------------------------------------------

    def _keep_examples(self, given: bool | None, mode: Any) -> Examples | None:
        """What works out and keeps the answers to examples, if they are to be kept."""
        wanted = settings().cache_examples if given is None else given
        if not wanted or not self.examples:
            return None
        rows: list[Any] = [list(one) if is_listing(one) else [one] for one in self.examples]
        return Examples(
            rows,
            [self.textbox, *self.additional_inputs],
            [self.chatbot, *self.additional_outputs],
            _adapted(self.fn, self._example_steps, lead=("message",)),
            True,
            mode,
            visible=False,
            preload=False,
            api_name=f"{self._facts.name}_example",
        )

    def _example_steps(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """What the chatbot shows for an example, as the author's function would be called."""
        message, *more = args
        result = self.fn(message, [], *more, **kwargs)

        def shown(response: Any) -> Any:
            answer, others = self._parted(response)
            said = [*question_of(message), *messages_of(answer)]
            return (said, *others) if others else said

        async def wait() -> Any:
            return shown(await result)

        if self._facts.is_generator and self._facts.is_async:
            return (shown(response) async for response in result)
        if self._facts.is_generator:
            return (shown(response) for response in result)
        return wait() if self._facts.is_async else shown(result)

    async def _show_kept(
        self, talk: Talk, event: SelectData, request: Request
    ) -> AsyncIterator[Any]:
        """Go through the kept steps of an answer, and make them part of the conversation."""
        assert self._kept_examples is not None  # noqa: S101  # attached only with them
        index = self._example_at(event)
        if talk.answer is not None:
            return
        self._keep(talk, request)
        talk.must_be_own()
        before = self._all(talk)
        step: list[Any] = []
        async for step in self._kept_examples.steps(index):
            value = before + step[0]
            yield [value, *step[1:]] if step[1:] else value
        question, *answer = step[0]
        with talk.lock:
            asked = talk.conversation.ask([question])
            asked.state = "complete"
            talk.keep(asked)
            talk.keep(talk.conversation.add(Turn("assistant", answer, asked.id)))

    def _replace(self, messages: Any, talk: Talk) -> tuple[Any, Any]:
        with talk.lock:
            talk.must_be_own()
            if talk.answer is not None:
                talk.answer.state = "stopped"
            talk.answer = None
            talk.queued = []
            before = set(talk.conversation.turns)
            talk.conversation.replace([m for one in messages or () for m in messages_of(one)])
            for turn in talk.conversation.path():
                if turn.id not in before:
                    talk.keep(turn)
        return self._view(talk), self._box(talk)

    def _clear(self, talk: Talk) -> tuple[Any, Any]:
        talk.reset()
        return self._view(talk), self._box(talk)

    def _stop(self, talk: Talk) -> tuple[Any, Any]:
        """End the answer that is shown; one of another conversation goes on."""
        run, own = talk.stop(), current_reporter.get()
        if run is None or run.call is None:
            if own is not None:
                own.stop_waiting({one.listener.id for one in self._answered})
            return self._view(talk), self._box(talk)
        run.call.stop(self._outputs(run.tail(), run))
        return update(queued=[]), self._box(talk)

    def _settle(self, talk: Talk) -> Any:
        return self._box(talk)

    def _act(self, talk: Talk, event: EventData) -> tuple[Any, Any]:
        """What the reader did beside writing: walk through branches, go on, change what waits."""
        data = event.members
        action = data.get("action")
        if action in ("unqueue", "steer"):
            with talk.lock:
                wanted = data.get("id")
                chosen = [one for one in talk.queued if one.id == wanted]
                talk.queued = [one for one in talk.queued if one.id != wanted]
                if action == "steer" and chosen:
                    talk.queued = chosen + talk.queued
                    talk.is_steered = True
            text = text_of(chosen[0].messages) if chosen and data.get("edit") else None
            more = {} if text is None else {"value": text}
            return self._view(talk), self._box(talk, **more)
        if talk.answer is not None:
            return skip(), skip()
        turn = self._turn_at(talk, data.get("index"))
        if action == "branch":
            talk.conversation.walk(turn, 1 if data.get("by") == 1 else -1)
        elif action == "continue" and turn.role == "assistant":
            talk.is_cut = True
        return self._view(talk), self._box(talk)

    # ---- answers ---------------------------------------------------------------------------------

    def _begin(self, talk: Talk) -> Answering | None:
        """The next answer; None if there is nothing to answer."""
        with talk.lock:
            question = talk.next_question()
            if question is None:
                return None
            return Answering(talk, question, self._shown)

    def _arguments(self, run: Answering, more: tuple[Any, ...]) -> list[Any]:
        said = self._shown(run.question.messages)
        history = [from_page(message, self.chatbot) for message in self._shown(run.history)]
        parts = [part for message in said for part in message["content"]]
        texts = [part["text"] for part in parts if part["type"] == "text"]
        files = [part["file"].path for part in parts if part["type"] == "file"]
        text = "\n".join(texts)
        message = {"text": text, "files": files} if self.multimodal else text
        return [message, history, *more]

    def _step(self, run: Answering, response: Any) -> Any:
        answer, run.more = self._parted(response)
        return self._outputs(run.step(answer), run)

    def _closing(self, run: Answering, state: str, problem: Any = None) -> Any:
        return self._outputs(run.end(state, problem), run)

    def _outputs(self, shown: Any, run: Answering) -> Any:
        """What the chatbot gets, with what the additional outputs get."""
        if not run.is_shown:
            shown = skip()  # another conversation is shown meanwhile
        count = len(self.additional_outputs)
        return [shown, *(run.more or [skip()] * count)] if count else shown

    def _answers(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Iterator[Any]:
        """Answer what is asked, and what is asked meanwhile."""
        talk: Talk = args[0]
        is_later = False
        while (run := self._begin(talk)) is not None:
            if is_later:  # the question waited until now
                yield self._outputs(self._view(talk), run)
            is_later = True
            given = self._arguments(run, args[1:])
            place_of_questions.set(_InAnswer(run, self._outputs))
            try:
                if not self._facts.is_generator:
                    yield self._step(run, self.fn(*given, **kwargs))
                else:
                    steps = self.fn(*given, **kwargs)
                    try:
                        for response in steps:
                            yield self._step(run, response)
                            if run.must_end:
                                break
                    finally:
                        steps.close()
            except Exception as problem:
                yield self._closing(run, "failed", problem)
                raise
            except GeneratorExit:
                run.end("stopped")
                raise
            yield self._closing(run, "stopped" if run.must_end else "complete")

    async def _answers_async(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> AsyncIterator[Any]:
        """The same of a function that runs on the loop."""
        talk: Talk = args[0]
        is_later = False
        while (run := self._begin(talk)) is not None:
            if is_later:  # the question waited until now
                yield self._outputs(self._view(talk), run)
            is_later = True
            given = self._arguments(run, args[1:])
            place_of_questions.set(_InAnswer(run, self._outputs))
            try:
                if not self._facts.is_generator:
                    yield self._step(run, await self.fn(*given, **kwargs))
                else:
                    steps = self.fn(*given, **kwargs)
                    try:
                        async for response in steps:
                            yield self._step(run, response)
                            if run.must_end:
                                break
                    finally:
                        await steps.aclose()
            except Exception as problem:
                yield self._closing(run, "failed", problem)
                raise
            except BaseException:  # cancelled, or closed
                run.end("stopped")
                raise
            yield self._closing(run, "stopped" if run.must_end else "complete")


class _InAnswer:
    """Shows what the author's function asks inside the answer."""

    def __init__(self, run: Answering, outputs: Callable[[Any, Answering], Any]) -> None:
        self._run = run
        self._outputs = outputs

    def open(self, question: Question) -> Any:
        """Show it; what the listener's outputs get."""
        return self._outputs(self._run.ask(question.shown()), self._run)

    def close(self, question: Question, told: dict[str, Any]) -> Any:
        """Show what came of it."""
        asked = {**question.shown(), **told}
        return self._outputs(self._run.ask(asked), self._run)


def _begun(chatbot: Any) -> list[dict[str, Any]]:
    """The messages that a chatbot of the author's begins with."""
    said = chatbot.initial_value if chatbot is not None else None
    return messages_of(said) if is_listing(said) else []


def _listed(given: Any) -> list[Any]:
    if given is None:
        return []
    return list(given) if is_listing(given) else [given]


def _place(index: Any) -> Any:
    """The number of a message or example; events give it alone or in a list."""
    return index[0] if is_listing(index) else index


def _plain(answer: Any) -> Any:
    """An answer as JSON."""
    if is_component(answer):
        return answer.postprocess(answer.initial_value)
    if hasattr(answer, "__dataclass_fields__") and not isinstance(answer, type):
        names = ("content", "role", "metadata", "options")
        return {name: getattr(answer, name) for name in names if hasattr(answer, name)}
    return answer


def _with_text(messages: list[dict[str, Any]], text: str) -> list[dict[str, Any]]:
    """Messages with another text in the last one; its files stay."""
    *others, last = messages
    content = last.get("content")
    parts = content if is_listing(content) else [content]
    files = [p for p in parts if not isinstance(p, str) and "text" not in (p or {})]
    return [*others, {**last, "content": [*files, text] if files else text}]


def _adapted(
    fn: Callable[..., Any],
    driver: Callable[[tuple[Any, ...], dict[str, Any]], Any],
    lead: tuple[str, ...] | None = None,
    *,
    generator: bool | None = None,
) -> Callable[..., Any]:
    """A function of the kind of `fn` that calls `driver`, with the arguments that `fn` asks for.

    Args:
        fn: The author's.
        driver: Takes arguments by position and by name.
        lead: Names that stand instead of the first two; the same ones if None.
        generator: Whether it yields, if that is not as of `fn`.
    """
    facts = facts_of(fn)
    is_generator = facts.is_generator if generator is None else generator

    def plain(*args: Any, **kwargs: Any) -> Any:
        return driver(args, kwargs)

    def steps(*args: Any, **kwargs: Any) -> Any:
        yield from driver(args, kwargs)

    async def awaited(*args: Any, **kwargs: Any) -> Any:
        return await driver(args, kwargs)

    async def async_steps(*args: Any, **kwargs: Any) -> Any:
        run = driver(args, kwargs)
        try:
            async for value in run:
                yield value
        finally:
            await run.aclose()

    made: Any = (
        (async_steps if is_generator else awaited)
        if facts.is_async
        else (steps if is_generator else plain)
    )
    given = list(inspect.signature(fn).parameters.values())
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    names = lead if lead is not None else ("message", "history")
    first = [inspect.Parameter(name, kind) for name in names]
    made.__signature__ = inspect.Signature([*first, *given[2:]])
    hints = hints_of(fn)
    made.__annotations__ = {p.name: hints[p.name] for p in given[2:] if p.name in hints}
    made.__name__ = facts.name
    made.__doc__ = inspect.getdoc(unwrapped(fn))
    functools.update_wrapper(made, fn, assigned=(), updated=())
    del made.__wrapped__
    return cast("Callable[..., Any]", made)
