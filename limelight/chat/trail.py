"""`Trail`: what an agent does on the way to its answer, as messages of a chat that grow.

Knows nothing of models or pages: authors write into it, and yield it.
"""

from __future__ import annotations

import contextlib
import contextvars
import itertools
import threading
import time
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Literal

from limelight.core.question import plain

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterator
    from types import TracebackType

__all__ = ["Kind", "Part", "Step", "Trail"]

Kind = Literal["thought", "tool", "agent", "plan", "handoff"]

_inside: ContextVar[Step | None] = ContextVar("_inside", default=None)
"""The step that is open here."""
_author: ContextVar[dict[str, Any] | None] = ContextVar("_author", default=None)
"""Who speaks here."""


class Part:
    """A text that grows, one message of the answer. Made by `Trail.part`."""

    def __init__(self, trail: Trail, author: dict[str, Any] | None) -> None:
        self.trail = trail
        """What it is part of."""
        self.author = author
        """Who says it."""
        self._texts: list[str] = []
        self._made: dict[str, Any] | None = None

    def say(self, text: str) -> None:
        """Add to its text."""
        if text:
            with self.trail.lock:
                self._texts.append(text)
            self._changed()

    @property
    def text(self) -> str:
        """What it says so far."""
        with self.trail.lock:
            self._texts = ["".join(self._texts)]
            return self._texts[0]

    def _changed(self) -> None:
        self._made = None
        self.trail.touch()

    def _metadata(self) -> dict[str, Any]:
        return {"author": self.author} if self.author else {}

    def message(self) -> dict[str, Any]:
        """The message as it stands; made anew as a whole when it has changed."""
        made = self._made
        if made is None:
            made = dict[str, Any](role="assistant", content=self.text)
            metadata = self._metadata()
            if metadata:
                made["metadata"] = metadata
            self._made = made
        return made


class Step(Part):
    """A thought, or the use of a tool. A context: it lasts as long as the `with`, and an exception
    that leaves it is its error. Made by `Trail.step`.
    """

    def __init__(
        self,
        trail: Trail,
        title: str,
        kind: Kind,
        number: int,
        parent: Step | None,
        given: Any,
        author: dict[str, Any] | None,
    ) -> None:
        super().__init__(trail, author)
        self.id = number
        self.parent = parent
        self._facts: dict[str, Any] = {"title": title, "id": number, "status": "pending"}
        if kind != "thought":
            self._facts["kind"] = kind
        if parent is not None:
            self._facts["parent_id"] = parent.id
        if given is not None:
            self._facts["input"] = plain(given)
        self._began_s = time.monotonic()
        self._token: contextvars.Token[Step | None] | None = None

    def _set(self, name: str, value: Any) -> None:
        with self.trail.lock:
            self._facts[name] = value
        self._changed()

    @property
    def title(self) -> Any:
        """What the step is called."""
        return self._facts["title"]

    @title.setter
    def title(self, value: Any) -> None:
        self._set("title", value)

    @property
    def kind(self) -> Kind:
        """What sort of step it is."""
        kind: Kind = self._facts.get("kind", "thought")
        return kind

    @kind.setter
    def kind(self, value: Kind) -> None:
        self._set("kind", value)

    @property
    def log(self) -> Any:
        """Short text beside the title."""
        return self._facts.get("log")

    @log.setter
    def log(self, value: Any) -> None:
        self._set("log", value)

    @property
    def input(self) -> Any:
        """What a tool was given."""
        return self._facts.get("input")

    @input.setter  # noqa: A003  # as in metadata
    def input(self, value: Any) -> None:
        self._set("input", plain(value))

    @property
    def output(self) -> Any:
        """What it gave back."""
        return self._facts.get("output")

    @output.setter
    def output(self, value: Any) -> None:
        self._set("output", plain(value))

    @property
    def error(self) -> Any:
        """Why it failed."""
        return self._facts.get("error")

    @error.setter
    def error(self, value: Any) -> None:
        self._set("error", str(value))

    @property
    def is_done(self) -> bool:
        """Whether it has ended."""
        return bool(self._facts["status"] == "done")

    def step(self, title: str, *, kind: Kind = "thought", input: Any = None) -> Step:  # noqa: A002  # as in metadata
        """A step inside this one; for threads, which do not know what is open elsewhere."""
        return self.trail.step(title, kind=kind, input=input, parent=self)

    def end(
        self, output: Any = None, error: object = None, duration_s: float | None = None
    ) -> None:
        """It is over, and took the time since it was made, or what is said here."""
        if self.is_done:
            return
        if output is not None:
            self.output = output
        if error is not None:
            self.error = error
        took_s = time.monotonic() - self._began_s if duration_s is None else duration_s
        self._set("duration", round(took_s, 3))
        self._set("status", "done")

    def _metadata(self) -> dict[str, Any]:
        return {**super()._metadata(), **self._facts}

    def __enter__(self) -> Step:
        self._token = _inside.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _ = kind, trace
        if self._token is not None:
            with contextlib.suppress(ValueError):  # a generator that another context closes
                _inside.reset(self._token)
        stopped = isinstance(problem, GeneratorExit)
        self.end(error=None if problem is None or stopped else (str(problem) or repr(problem)))


class Trail:
    """What an agent does and says: steps, texts, sources and artifacts. Yield it from the function
    of a ChatInterface as often as something has changed.

    ```python
    def answer(message, history):
        trail = gr.Trail()
        with trail.step("Search", kind="tool", input={"query": message}) as step:
            yield trail
            step.output = search(message)
        trail.say("Found it.")
        yield trail
    ```

    Its methods may be called from any thread.

    Args:
        author: Who speaks, where several do.
        avatar: Path or URL of a picture of the author.
    """

    def __init__(self, author: str | None = None, avatar: str | None = None) -> None:
        self.lock = threading.RLock()
        """Held while it is changed."""
        self._parts: list[Part] = []
        self._numbers = itertools.count(1)
        self._extras: dict[str, Any] = {}
        self._who = _named(author, avatar)
        self._news = threading.Event()
        self._tell: Callable[[], object] | None = None

    # ---- in ----------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """Add to the answer: to the text that was said last, or a new one after a step."""
        if not text:
            return
        with self.lock:
            who = _author.get() or self._who
            last = self._parts[-1] if self._parts else None
            if last is None or isinstance(last, Step) or last.author != who:
                last = self.part()
        last.say(text)

    def part(self) -> Part:
        """Begin a text of its own, for answers that grow at the same time: add with its `say`."""
        with self.lock:
            made = Part(self, _author.get() or self._who)
            self._parts.append(made)
        return made

    def step(
        self,
        title: str,
        *,
        kind: Kind = "thought",
        input: Any = None,  # noqa: A002  # as in metadata
        parent: Step | None = None,
    ) -> Step:
        """Begin a step; use it with `with`, or call its `end`.

        Args:
            title: What it is called.
            kind: What sort of step it is.
            input: What a tool is given: a text, or JSON.
            parent: The step that it belongs to; the one that is open here if None.
        """
        outer = _inside.get()
        if parent is None and outer is not None and outer.trail is self:
            parent = outer
        with self.lock:
            who = _author.get() or self._who
            made = Step(self, title, kind, next(self._numbers), parent, input, who)
            self._parts.append(made)
        self.touch()
        return made

    @contextlib.contextmanager
    def by(self, author: str, avatar: str | None = None) -> Generator[None]:
        """Let another agent speak, as long as the `with` lasts."""
        token = _author.set(_named(author, avatar))
        try:
            yield
        finally:
            with contextlib.suppress(ValueError):  # as in Step
                _author.reset(token)

    def put(
        self,
        *,
        sources: list[Any] | None = None,
        artifacts: list[Any] | None = None,
        tasks: list[Any] | None = None,
        followups: list[str] | None = None,
        usage: dict[str, Any] | None = None,
    ) -> None:
        """Set what belongs to the answer as a whole; None leaves it as it is.

        Args:
            sources: Where things were found; `[1]` in a text links to the first one.
            artifacts: Things worth a pane of their own.
            tasks: A list of tasks.
            followups: What the reader may want to ask next.
            usage: Tokens, seconds and cost.
        """
        given = {
            "sources": sources,
            "artifacts": artifacts,
            "tasks": tasks,
            "followups": followups,
            "usage": usage,
        }
        with self.lock:
            self._extras.update({name: v for name, v in given.items() if v is not None})
        self.touch()

    def touch(self) -> None:
        """Something has changed."""
        self._news.set()
        if self._tell is not None:
            self._tell()

    # ---- out ---------------------------------------------------------------------------------

    @property
    def messages(self) -> list[dict[str, Any]]:
        """All of it, as messages; those that have not changed are the same objects."""
        with self.lock:
            made = [part.message() for part in self._parts]
            if not self._extras:
                return made
            said = [n for n, part in enumerate(self._parts) if not isinstance(part, Step)]
            at = said[-1] if said else None
            if at is None:
                return [*made, {"role": "assistant", "content": "", "metadata": {**self._extras}}]
            last = made[at]
            made[at] = {**last, "metadata": {**last.get("metadata", {}), **self._extras}}
            return made

    @property
    def text(self) -> str:
        """What was said, without the steps."""
        return "\n\n".join(part.text for part in self._parts if not isinstance(part, Step))

    def run(self, work: Callable[..., Any], *args: Any) -> Iterator[Trail]:
        """Do the work in a thread, and give the trail whenever it has changed: for
        `yield from trail.run(work, …)`. The work may begin threads itself, and `ask`.
        """
        problems: list[BaseException] = []
        context = contextvars.copy_context()

        def do() -> None:
            try:
                context.run(work, *args)
            except BaseException as problem:  # raised where the trail is read
                problems.append(problem)
            finally:
                self._news.set()

        thread = threading.Thread(target=do, name="limelight_trail", daemon=True)
        thread.start()
        while thread.is_alive():
            if self._news.wait(0.05):
                self._news.clear()
                yield self
        thread.join()
        if problems:
            raise problems[0]
        yield self

    async def follow(self, work: Coroutine[Any, Any, Any]) -> AsyncIterator[Trail]:
        """The same of a coroutine: for `async for _ in trail.follow(work(…)): yield trail`."""
        import asyncio

        loop = asyncio.get_running_loop()
        news = asyncio.Event()
        self._tell = lambda: loop.call_soon_threadsafe(news.set)
        task = loop.create_task(work)
        task.add_done_callback(lambda _: news.set())
        try:
            while not task.done():
                await news.wait()
                news.clear()
                yield self
            task.result()
            yield self
        finally:
            self._tell = None
            task.cancel()


def _named(author: str | None, avatar: str | None) -> dict[str, Any] | None:
    if author is None:
        return None
    return {"name": author, **({"avatar": avatar} if avatar else {})}
