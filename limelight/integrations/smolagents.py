"""Runs of smolagents as trails: what `agent.run(task, stream=True)` gives."""

from __future__ import annotations

import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from limelight.chat.trail import Trail
from limelight.core.narrow import is_array, is_object
from limelight.core.question import plain
from limelight.integrations.following import Tokens, follow, member, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from limelight.chat.trail import Part, Step

__all__ = ["Events", "events"]

_FINAL = "final_answer"
_reader: ContextVar[Events | None] = ContextVar("_reader", default=None)
"""What reads the run that goes on here, for the agents that it manages."""


def events(stream: Any, trail: Trail | None = None, *, agent: Any = None) -> Any:
    """The trail as an agent goes on: its plans and steps, with the tools that it calls inside, and
    its answer.

    Args:
        stream: What `agent.run(task, stream=True)` gives.
        trail: What is written into; a new one if None.
        agent: The agent that runs, so that the steps of agents it manages are shown, too.
    """
    trail = trail or Trail()
    reader = Events(trail)
    if agent is None:
        return follow(stream, reader.take, trail)
    return _with_managed(stream, reader, agent)


def _with_managed(stream: Any, reader: Events, agent: Any) -> Iterator[Trail]:
    """In a thread, as managed agents take their steps while the stream gives nothing."""
    _listen(agent)
    is_over = False

    def read() -> None:
        _reader.set(reader)
        for event in stream:
            reader.take(event)

    try:
        yield from reader.trail.run(read)
        is_over = True
    finally:
        if not is_over:
            agent.interrupt()


def _listen(agent: Any) -> None:
    """Be told the steps of the agents that it manages, once for each."""
    for managed in member(agent, "managed_agents", {}).values():
        if not getattr(managed, "_limelight_listens", False) and hasattr(managed, "step_callbacks"):
            from smolagents.memory import ActionStep, PlanningStep

            for kind in (ActionStep, PlanningStep):
                managed.step_callbacks.register(kind, _tell)
            managed._limelight_listens = True
        _listen(managed)


def _tell(step: Any, agent: Any = None) -> None:
    reader = _reader.get()
    if reader is not None:
        reader.take_managed(step, str(member(agent, "name", "agent")))


class Events:
    """Takes the events of one run.

    Args:
        trail: What is written into.
    """

    def __init__(self, trail: Trail) -> None:
        self.trail = trail
        self.tools: dict[str, Step] = {}
        """Tool calls by their id."""
        self._tokens = Tokens(trail)
        self._step: Step | None = None
        self._count = 0
        self._last: Any = None
        self._arguments = ""
        """Of the call that gives the answer, as far as they have come."""
        self._is_answering = False
        self._answer: Part | None = None

    def take(self, event: Any) -> None:
        """Write one event; of those that are not known nothing is shown."""
        take = getattr(self, f"_take_{type(event).__name__}", None)
        if take is not None:
            take(event)

    def take_managed(self, event: Any, name: str) -> None:
        """Write a step that an agent has taken which the running one manages."""
        open_tools = [step for step in self.tools.values() if not step.is_done]
        called = next((step for step in reversed(open_tools) if step.title == name), None)
        inside = called or (open_tools[-1] if open_tools else self._step)
        if called is not None:
            called.kind = "agent"
        duration_s = member(member(event, "timing"), "duration")
        self._tokens.add(member(event, "token_usage"))
        with self.trail.by(name):
            if type(event).__name__ == "PlanningStep":
                made = self.trail.step("Plan", kind="plan", parent=inside)
                made.say(_plan(event))
                made.end(duration_s=duration_s)
                return
            title = f"Step {member(event, 'step_number', 1)}"
            made = self.trail.step(title, parent=inside)
            made.say(text_of(member(event, "model_output", "")))
            for call in member(event, "tool_calls", []):
                tool = made.step(call.name, kind="tool", input=call.arguments)
                tool.end(member(event, "observations"), duration_s=duration_s)
            made.end(error=_problem(event), duration_s=duration_s)

    def _take_ChatMessageStreamDelta(self, event: Any) -> None:  # the event's name
        if event.content:
            self._open().say(event.content)
        for call in member(event, "tool_calls", []):
            function: Any = member(call, "function")
            name: Any = member(function, "name")
            if name:
                self._is_answering = name == _FINAL
            if self._is_answering:
                self._arguments += str(member(function, "arguments", ""))
                self._say_answer(_begun(self._arguments))

    def _take_ToolCall(self, event: Any) -> None:
        if event.name != _FINAL:
            step = self._open().step(event.name, kind="tool", input=event.arguments)
            self.tools[event.id] = step

    def _take_ToolOutput(self, event: Any) -> None:
        step = self.tools.get(event.id)
        if step is not None:
            step.end(event.observation if _is_strange(event.output) else event.output)

    def _take_PlanningStep(self, event: Any) -> None:
        step = self._step or self.trail.step("Plan", kind="plan")
        step.title, step.kind = "Plan", "plan"
        if not step.text:
            step.say(_plan(event))
        step.end(duration_s=member(event.timing, "duration"))
        self._step = None
        self._tokens.add(event.token_usage)

    def _take_ActionStep(self, event: Any) -> None:
        if event is self._last:
            return  # the last one is told again when there are no more to take
        self._last = event
        self._count = event.step_number
        self._tokens.add(event.token_usage, event.token_usage and _model(event))
        problem = _problem(event)
        said = text_of(event.model_output)
        if self._step is None and (problem or (said and not event.is_final_answer)):
            self._open()
        if self._step is not None:
            if not self._step.text:
                self._step.say(said)
            for tool in self.tools.values():
                tool.end(member(event, "observations"), problem)
            self._step.end(error=problem, duration_s=member(event.timing, "duration"))
        self._step, self._arguments, self._is_answering = None, "", False
        if not event.is_final_answer:
            self._answer = None

    def _take_FinalAnswerStep(self, event: Any) -> None:
        output: Any = event.output
        if type(output).__name__ == "AgentImage":
            image = {"kind": "image", "title": "Answer", "content": {"path": output.to_string()}}
            self.trail.put(artifacts=[image])
        elif is_object(output) or is_array(output):
            written = json.dumps(plain(output), indent=2, ensure_ascii=False)
            self._finish(f"```json\n{written}\n```")
        else:
            self._finish(str(output))

    def _open(self) -> Step:
        """The step that is taken."""
        if self._step is None:
            self._step = self.trail.step(f"Step {self._count + 1}")
        return self._step

    def _say_answer(self, text: str) -> None:
        """What of the answer was not said yet."""
        if text:
            self._answer = self._answer or self.trail.part()
            said = self._answer.text
            if text.startswith(said):
                self._answer.say(text[len(said) :])

    def _finish(self, text: str) -> None:
        """The whole answer; what was said of it while it came is not said again."""
        if self._answer is not None and text.startswith(self._answer.text):
            self._answer.say(text[len(self._answer.text) :])
        else:
            self.trail.part().say(text)


def _is_strange(output: Any) -> bool:
    """Whether it is nothing that JSON knows, such as a picture."""
    known = isinstance(output, (str, int, float)) or is_object(output) or is_array(output)
    return not known


def _model(event: Any) -> Any:
    return member(member(member(event, "model_output_message"), "raw"), "model")


def _plan(event: Any) -> str:
    return text_of(member(member(event, "model_output_message"), "content", event.plan))


def _problem(event: Any) -> str | None:
    error = member(event, "error")
    return None if error is None else str(member(error, "message", error))


def _begun(arguments: str) -> str:
    """The answer in arguments of which the end has not come: `{"answer": "It is`."""
    for end in ("", '"}', "}"):
        try:
            found: Any = json.loads(arguments + end)
        except ValueError:
            continue
        answer: Any = found.get("answer") if is_object(found) else None
        return answer if isinstance(answer, str) else ""
    return ""
