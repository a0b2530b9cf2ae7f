"""Adapters with the real libraries, and a model's server that runs here."""

from __future__ import annotations

import importlib
import itertools
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.integrations import langchain, langgraph, openai, pydantic_ai, smolagents
from tests.integrations.server import ModelServer, Says, chunk

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the libraries say to their own users, of names that change.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.timeout(60)]

SUM = "add", {"a": 1, "b": 2}
PAIR = Says("", SUM, ("add", {"a": 3, "b": 4}), thought="Both at once")


def add(a: int, b: int) -> int:
    """Add two numbers.

    Args:
        a: One.
        b: The other.
    """
    if a == 0:
        raise ValueError("zero is not added")
    return a + b


def told(trail: gr.Trail) -> list[tuple[Any, ...]]:
    """Each message: who says it, how deep it is, its title or text, and what it got and gave."""
    depth: dict[Any, int] = {None: -1}
    lines: list[tuple[Any, ...]] = []
    for message in trail.messages:
        facts = message.get("metadata", {})
        who = facts.get("author", {}).get("name")
        if "title" not in facts:
            lines.append((who, message["content"]))
            continue
        depth[facts["id"]] = depth[facts.get("parent_id")] + 1
        assert facts["status"] == "done", facts
        assert facts["duration"] >= 0
        given = [facts[name] for name in ("input", "output", "error") if name in facts]
        said = [message["content"]] if message["content"] else []
        kind = facts.get("kind", "thought")
        lines.append((who, depth[facts["id"]], kind, facts["title"], *said, *given))
    return lines


def usage(trail: gr.Trail) -> tuple[Any, Any]:
    found = [m["metadata"]["usage"] for m in trail.messages if "usage" in m.get("metadata", {})]
    return found[-1]["input_tokens"], found[-1]["output_tokens"]


# ---- openai --------------------------------------------------------------------------------------


def test_chunks_without_a_library() -> None:
    trail = gr.Trail()
    reader = openai.ChatCompletions(trail)
    calling = Says("", SUM)
    for one in [*calling.chunks(), chunk(content="It is "), chunk(content="3"), chunk("stop")]:
        reader.take(one)
    assert reader.calls[0]["step"].input == {"a": 1, "b": 2}
    assert trail.text == "It is 3"


@pytest.fixture
def model() -> Iterator[ModelServer]:
    """A server that has nothing to say yet."""
    with ModelServer() as server:
        yield server


def test_completions_of_the_openai_package(model: ModelServer) -> None:
    from openai import OpenAI

    model.scripts = [PAIR, Says("It is 3 and 7")]
    trail = gr.Trail()
    with OpenAI(base_url=model.url, api_key="none") as client:
        for _ in range(2):
            reader = openai.ChatCompletions(trail)
            given: Any = client.chat.completions.create(
                model="tiny", messages=[{"role": "user", "content": "?"}], stream=True
            )
            with given:
                for one in given:
                    reader.take(one)
            for call in reader.calls.values():
                call["step"].end(add(**call["step"].input))
    assert told(trail) == [
        (None, 0, "thought", "Reasoning", "Both at once"),
        (None, 0, "tool", "add", {"a": 1, "b": 2}, 3),
        (None, 0, "tool", "add", {"a": 3, "b": 4}, 7),
        (None, "It is 3 and 7"),
    ]
    assert usage(trail) == (5, 2)


async def test_completions_that_are_awaited_close_the_connection(model: ModelServer) -> None:
    from openai import AsyncOpenAI

    model.scripts = [itertools.repeat(chunk(content="more "))]
    async with AsyncOpenAI(base_url=model.url, api_key="none") as client:
        stream: Any = await client.chat.completions.create(
            model="tiny", messages=[{"role": "user", "content": "?"}], stream=True
        )
        steps = openai.chat(stream)
        assert (await anext(steps)).text == "more "
        await steps.aclose()
        assert model.is_cut.wait(10)


def test_responses_of_the_openai_package(model: ModelServer) -> None:
    from openai import OpenAI

    model.scripts = [PAIR, Says("It is 3 and 7", thought="Easy")]
    trail = gr.Trail()
    with OpenAI(base_url=model.url, api_key="none") as client:
        for _ in range(2):
            reader = openai.Responses(trail)
            given: Any = client.responses.create(model="tiny", input="?", stream=True)
            with given:
                for one in given:
                    reader.take(one)
            for step in reader.steps.values():
                if step.kind == "tool":
                    step.end(add(**step.input))
    assert told(trail) == [
        (None, 0, "thought", "Reasoning", "Both at once"),
        (None, 0, "tool", "add", {"a": 1, "b": 2}, 3),
        (None, 0, "tool", "add", {"a": 3, "b": 4}, 7),
        (None, 0, "thought", "Reasoning", "Easy"),
        (None, "It is 3 and 7"),
    ]
    assert usage(trail) == (5, 2)


def test_a_response_that_fails_and_one_with_sources(model: ModelServer) -> None:
    from openai import OpenAI

    found = {"type": "url_citation", "url": "http://moon", "title": "Moon", "start_index": 0,
             "end_index": 2}  # fmt: skip
    place = {"item_id": "m", "output_index": 0, "content_index": 0}
    search = {"type": "web_search_call", "id": "ws", "status": "in_progress"}
    failed = {**Says()._response("failed", []), "error": {"code": "x", "message": "Too hot"}}
    events: list[dict[str, Any]] = [
        {"type": "response.output_item.added", "output_index": 0, "item": search},
        {"type": "response.output_item.done", "output_index": 0, "item": search},
        {"type": "response.output_text.delta", **place, "delta": "So", "logprobs": []},
        {"type": "response.output_text.annotation.added", **place, "annotation_index": 0,
         "annotation": found},
        {"type": "response.failed", "response": failed},
    ]  # fmt: skip
    model.scripts = [[{**one, "sequence_number": n} for n, one in enumerate(events)]]
    trail = gr.Trail()
    with OpenAI(base_url=model.url, api_key="none") as client:
        stream: Any = client.responses.create(model="tiny", input="?", stream=True)
        with pytest.raises(RuntimeError, match="Too hot"):
            list(openai.responses(stream, trail))
    assert told(trail) == [(None, 0, "tool", "web search"), (None, "So")]
    assert trail.messages[-1]["metadata"]["sources"] == [{"title": "Moon", "url": "http://moon"}]


# ---- LangChain and LangGraph ---------------------------------------------------------------------


def chain_agent(url: str, name: str | None = None, *, tools: Any = (add,), **model: Any) -> Any:
    from langchain.agents import create_agent
    from langchain_openai import ChatOpenAI

    given: Any = {"base_url": url, "model": "tiny", "api_key": "none", **model}
    make: Any = create_agent
    return make(ChatOpenAI(stream_usage=True, **given), list(tools), name=name)


def two_agents(url: str) -> Any:
    """One that adds, and then one that writes."""
    from langgraph.graph import START, MessagesState, StateGraph

    graph: Any = StateGraph(MessagesState)
    graph.add_node("adder", chain_agent(url, "adder"))
    graph.add_node("writer", chain_agent(url, "writer"))
    graph.add_edge(START, "adder")
    graph.add_edge("adder", "writer")
    return graph.compile()


ASKED = {"messages": [("user", "1 + 2?"), ("ai", "Before"), ("user", "Again: 1 + 2?")]}
TWO = [
    ("adder", 0, "tool", "add", {"a": 1, "b": 2}, "3"),
    ("adder", "It is 3"),
    ("writer", "Three it is"),
]


def two_turns() -> list[Says]:
    return [Says("", SUM), Says("It is 3"), Says("Three it is")]


async def test_events_of_langchain(model: ModelServer) -> None:
    model.scripts = two_turns()
    trail = gr.Trail()
    async for _ in langchain.events(
        two_agents(model.url).astream_events(ASKED, version="v2"), trail
    ):
        pass
    assert told(trail) == TWO
    assert usage(trail) == (15, 6)


async def test_an_agent_that_is_the_tool_of_another(model: ModelServer) -> None:
    inner = chain_agent(model.url)

    async def adder(task: str) -> str:
        """Give a sum to who can add."""
        answer = await inner.ainvoke({"messages": [("user", task)]})
        return str(answer["messages"][-1].content)

    model.scripts = [Says("", ("adder", {"task": "1 + 2"})), *two_turns()]
    trail = gr.Trail()
    stream = chain_agent(model.url, tools=[adder]).astream_events(ASKED, version="v2")
    async for _ in langchain.events(stream, trail):
        pass
    assert [line[1:] for line in told(trail)] == [
        (0, "tool", "adder", "It is 3", {"task": "1 + 2"}, "It is 3"),
        (1, "tool", "add", {"a": 1, "b": 2}, "3"),
        ("Three it is",),
    ]


@pytest.mark.parametrize("version", ["v1", "v2"])
@pytest.mark.parametrize("mode", ["messages", "updates", ["messages", "updates", "values"]])
def test_stream_modes_of_langgraph(model: ModelServer, mode: Any, version: str) -> None:
    model.scripts = two_turns()
    stream = two_agents(model.url).stream(ASKED, stream_mode=mode, subgraphs=True, version=version)
    given = {} if isinstance(mode, list) else {"stream_mode": mode}
    *_, trail = langgraph.parts(stream, **given)
    assert told(trail) == TWO
    assert usage(trail) == (15, 6)


@pytest.mark.parametrize("mode", ["messages", "updates", "values"])
async def test_stream_modes_without_what_is_inside(model: ModelServer, mode: Any) -> None:
    model.scripts = two_turns()
    stream = two_agents(model.url).astream(ASKED, stream_mode=mode)
    trail = gr.Trail()
    async for _ in langgraph.parts(stream, trail, stream_mode=mode):
        pass
    assert told(trail) == TWO


def test_nodes_of_langgraph_are_steps_if_asked_for(model: ModelServer) -> None:
    model.scripts = two_turns()
    stream = two_agents(model.url).stream(ASKED, stream_mode=["tasks", "messages"], subgraphs=True)
    *_, trail = langgraph.parts(stream)
    assert [line[1:4] for line in told(trail) if len(line) > 2] == [
        (0, "agent", "adder"),
        (1, "agent", "model"),
        (1, "tool", "add"),
        (1, "agent", "tools"),
        (1, "agent", "model"),
        (0, "agent", "writer"),
        (1, "agent", "model"),
    ]
    assert [line for line in told(trail) if len(line) == 2] == [TWO[1], TWO[2]]


def test_tools_of_langgraph_fail_and_write_what_they_do(model: ModelServer) -> None:
    from langgraph.config import get_stream_writer

    def slow() -> str:
        """Take long."""
        get_stream_writer()("half of it")
        return "done"

    model.scripts = [Says("", ("slow", {})), Says("Ready")]
    stream = chain_agent(model.url, tools=[slow]).stream(ASKED, stream_mode=["messages", "custom"])
    *_, trail = langgraph.parts(stream)
    assert trail.messages[0]["metadata"]["log"] == "half of it"

    from langchain_core.tools import StructuredTool, ToolException

    def refuse() -> str:
        """Do nothing."""
        raise ToolException("not today")

    tool: Any = StructuredTool.from_function(refuse, handle_tool_error=True)
    model.scripts = [Says("", ("refuse", {})), Says("No")]
    stream = chain_agent(model.url, tools=[tool]).stream(ASKED, stream_mode="messages")
    *_, trail = langgraph.parts(stream)
    assert told(trail) == [(None, 0, "tool", "refuse", {}, "not today"), (None, "No")]
    assert trail.messages[0]["metadata"]["error"] == "not today"


def test_thoughts_of_langchain_by_the_responses_api(model: ModelServer) -> None:
    model.scripts = [Says("", SUM, thought="Add them"), Says("It is 3")]
    agent = chain_agent(model.url, use_responses_api=True)
    *_, trail = langgraph.parts(agent.stream(ASKED, stream_mode="messages"))
    assert told(trail) == [
        (None, 0, "thought", "Reasoning", "Add them"),
        (None, 0, "tool", "add", {"a": 1, "b": 2}, "3"),
        (None, "It is 3"),
    ]


def test_an_interrupt_of_langgraph_is_shown(model: ModelServer) -> None:
    from langgraph.checkpoint.memory import InMemorySaver
    from langgraph.graph import START, MessagesState, StateGraph
    from langgraph.types import interrupt

    graph: Any = StateGraph(MessagesState)
    graph.add_node("ask", lambda state: interrupt("Go on?"))
    graph.add_edge(START, "ask")
    place: Any = {"configurable": {"thread_id": "1"}}
    stream = graph.compile(InMemorySaver()).stream(ASKED, place, stream_mode="updates")
    *_, trail = langgraph.parts(stream, stream_mode="updates")
    assert told(trail) == [(None, 0, "handoff", "Interrupt", "Go on?")]


# ---- smolagents ----------------------------------------------------------------------------------


def smolagent(url: str, kind: str = "ToolCallingAgent", **given: Any) -> Any:
    library: Any = importlib.import_module("smolagents")  # one of its names is a module's, too
    chat = library.OpenAIModel("tiny", api_base=url, api_key="none")
    tools = given.pop("tools", [library.tool(add)])
    return getattr(library, kind)(tools=tools, model=chat, verbosity_level=0, **given)


@pytest.mark.parametrize("stream_outputs", [True, False])
def test_tools_of_smolagents(model: ModelServer, stream_outputs: bool) -> None:
    model.scripts = [
        Says("I add both.", SUM, ("add", {"a": 3, "b": 4})),
        Says("", ("final_answer", {"answer": 'It is "3" and 7'})),
    ]
    agent = smolagent(model.url, stream_outputs=stream_outputs)
    trail = gr.Trail()
    said = [trail.text for _ in smolagents.events(agent.run("1 + 2?", stream=True), trail)]
    first, *tools, last = told(trail)
    assert first == (None, 0, "thought", "Step 1", "I add both.")
    assert sorted(tools, key=str) == [
        (None, 1, "tool", "add", {"a": 1, "b": 2}, 3),
        (None, 1, "tool", "add", {"a": 3, "b": 4}, 7),
    ]
    assert last == (None, 'It is "3" and 7')
    assert usage(trail) == (10, 4)
    if stream_outputs:  # it was seen while it came
        assert any(text and text != last[1] for text in said)


def test_code_plans_and_failures_of_smolagents(model: ModelServer) -> None:
    model.scripts = [
        Says("1. Add."),
        Says("So:\n<code>\nadd(0, 1)\n</code>"),
        Says("Then:\n<code>\nfinal_answer({'sum': add(1, 2)})\n</code>"),
    ]
    agent = smolagent(model.url, "CodeAgent", stream_outputs=True, planning_interval=5)
    *_, trail = smolagents.events(agent.run("1 + 2?", stream=True))
    plan, one, failed, two, made, said = told(trail)
    assert plan == (None, 0, "plan", "Plan", "1. Add.")
    assert one[:4] == (None, 0, "thought", "Step 1")
    assert failed[:5] == (None, 1, "tool", "python_interpreter", "add(0, 1)")
    assert "zero is not added" in failed[-1]
    assert two[3] == "Step 2"
    assert made[1:4] == (1, "tool", "python_interpreter")
    assert "'sum': 3" in made[-1]
    assert said == (None, '```json\n{\n  "sum": 3\n}\n```')


def test_agents_that_an_agent_of_smolagents_manages(model: ModelServer) -> None:
    model.scripts = [
        Says("Adder may.", ("adder", {"task": "1 + 2"})),
        Says("I add.", SUM),
        Says("", ("final_answer", {"answer": "3"})),
        Says("", ("final_answer", {"answer": "It is 3"})),
    ]
    adder = smolagent(model.url, name="adder", description="Adds.")
    agent = smolagent(model.url, tools=[], managed_agents=[adder])
    *_, trail = smolagents.events(agent.run("1 + 2?", stream=True), agent=agent)
    lines = [line[:4] for line in told(trail)]
    assert lines[:4] == [
        (None, 0, "thought", "Step 1"),
        (None, 1, "agent", "adder"),
        ("adder", 2, "thought", "Step 1"),
        ("adder", 3, "tool", "add"),
    ]
    assert lines[-1] == (None, "It is 3")
    assert usage(trail) == (20, 8)


def test_an_answer_of_smolagents_is_said_though_a_text_before_ends_like_it(
    model: ModelServer,
) -> None:
    model.scripts = [Says("", ("final_answer", {"answer": "3"}))]
    trail = gr.Trail("Adder")
    trail.say("Is it 3")
    with trail.by("Checker"):
        for _ in smolagents.events(smolagent(model.url).run("1 + 2?", stream=True), trail):
            pass
    assert told(trail) == [("Adder", "Is it 3"), ("Checker", "3")]


def test_a_run_of_smolagents_that_is_stopped(model: ModelServer) -> None:
    model.scripts = [Says("I add.", SUM), *[Says("Again.", SUM) for _ in range(30)]]
    agent = smolagent(model.url)
    steps = smolagents.events(agent.run("1 + 2?", stream=True), agent=agent)
    next(steps)
    steps.close()
    assert agent.interrupt_switch


# ---- pydantic-ai ---------------------------------------------------------------------------------


def pydantic_agent(url: str, **given: Any) -> Any:
    from pydantic_ai import Agent
    from pydantic_ai.models.openai import OpenAIChatModel
    from pydantic_ai.providers.openai import OpenAIProvider

    chat = OpenAIChatModel("tiny", provider=OpenAIProvider(base_url=url, api_key="none"))
    return Agent(chat, **given)


async def test_events_of_pydantic_ai(model: ModelServer) -> None:
    model.scripts = [PAIR, Says("It is 3 and 7", thought="Easy")]
    agent = pydantic_agent(model.url, tools=[add])
    texts = [""]
    trail = gr.Trail()
    async for _ in pydantic_ai.events(agent.run_stream_events("?"), trail):
        texts.append(trail.text)
    assert told(trail) == [
        (None, 0, "thought", "Reasoning", "Both at once"),
        (None, 0, "tool", "add", {"a": 1, "b": 2}, 3),
        (None, 0, "tool", "add", {"a": 3, "b": 4}, 7),
        (None, 0, "thought", "Reasoning", "Easy"),
        (None, "It is 3 and 7"),
    ]
    assert "It is " in texts
    assert usage(trail) == (10, 4)


async def test_a_tool_of_pydantic_ai_is_tried_again_and_the_output_is_data(
    model: ModelServer,
) -> None:
    from pydantic import BaseModel
    from pydantic_ai import ModelRetry

    class Sum(BaseModel):
        value: int

    def picky(a: int) -> int:
        """Take only large numbers."""
        if a < 5:
            raise ModelRetry("Larger, please.")
        return a

    model.scripts = [
        Says("", ("picky", {"a": 1})),
        Says("", ("picky", {"a": 6})),
        Says("", ("final_result", {"value": 6})),
    ]
    agent = pydantic_agent(model.url, tools=[picky], output_type=Sum)
    trail = gr.Trail()
    async with agent.run_stream_events("?") as given:
        async for _ in pydantic_ai.events(given, trail):
            pass
    failed, done, said = told(trail)
    assert failed[:5] == (None, 0, "tool", "picky", {"a": 1})
    assert "Larger, please." in failed[-1]
    assert done == (None, 0, "tool", "picky", {"a": 6}, 6)
    assert said == (None, '```json\n{\n  "value": 6\n}\n```')


async def test_an_agent_of_pydantic_ai_runs_inside_a_tool_of_another(model: ModelServer) -> None:
    from pydantic_ai import RunContext

    adder = pydantic_agent(model.url, tools=[add])
    reader = pydantic_ai.Events(gr.Trail())

    async def ask_adder(ctx: RunContext[Any], task: str) -> str:
        handler = reader.handler(ctx.tool_call_id, "Adder")
        return str((await adder.run(task, event_stream_handler=handler)).output)

    ask_adder.__annotations__["ctx"] = RunContext[Any]
    model.scripts = [Says("", ("ask_adder", {"task": "1 + 2"})), *two_turns()]
    agent = pydantic_agent(model.url)
    agent.tool(ask_adder)
    async for _ in reader.read(agent.run_stream_events("?")):
        pass
    assert told(reader.trail) == [
        (None, 0, "agent", "ask_adder", "It is 3", {"task": "1 + 2"}, "It is 3"),
        ("Adder", 1, "tool", "add", {"a": 1, "b": 2}, 3),
        (None, "Three it is"),
    ]


async def test_nodes_of_pydantic_ai_one_by_one(model: ModelServer) -> None:
    from pydantic_ai import Agent

    model.scripts = [Says("", SUM), Says("It is 3")]
    reader = pydantic_ai.Events(gr.Trail())
    async with pydantic_agent(model.url, tools=[add]).iter("1 + 2?") as run:
        async for node in run:
            if Agent.is_model_request_node(node) or Agent.is_call_tools_node(node):
                async with node.stream(run.ctx) as stream:
                    async for _ in reader.read(stream):
                        pass
    assert told(reader.trail) == [
        (None, 0, "tool", "add", {"a": 1, "b": 2}, 3),
        (None, "It is 3"),
    ]
