"""One app that has a bit of everything, served in process or by a real server."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

from limelight.app.blocks import Blocks
from limelight.components.button.button import Button
from limelight.components.file.file import File
from limelight.components.number.number import Number
from limelight.components.state.state import State
from limelight.components.textbox.textbox import Textbox
from limelight.core.request import Request  # noqa: TC001  # read from the annotation when called
from limelight.errors import Error
from limelight.server.launch import build_app, launch

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Generator

    from starlette.applications import Starlette

ORIGIN = "http://testserver"


def _greet(name: str) -> str:
    """Greets somebody by name."""
    return f"Hello {name}"


def _count(n: float) -> Generator[str]:
    text = ""
    for i in range(int(n)):
        text += f"w{i} "
        yield text


def _fail(name: str) -> str:
    raise Error(f"no {name}", title="Sorry")


def _crash(name: str) -> str:
    raise ZeroDivisionError(name)


def _add(n: float, total: float) -> tuple[float, float]:
    return total + n, total + n


def _slow(name: str) -> Generator[str]:
    for i in range(100):
        time.sleep(0.02)
        yield f"{name}{i}"


def _who(name: str, request: Request) -> str:
    header, query = request.headers.get("x-test", ""), request.query_params.get("q", "")
    return f"{name}|{header}|{query}|{request.root}"


def make_demo() -> Blocks:
    """The app; each function is an endpoint of its name without the underscore."""
    with Blocks(title="A </script> title") as demo:
        name = Textbox(label="Name")
        out = Textbox(label="Greeting")
        number = Number(label="N")
        total = State(0)
        given = File(label="In")
        made = File(label="Out")
        button = Button("Go", variant="primary")
        button.click(_greet, name, out, api_name="greet")
        button.click(_count, number, out, api_name="count")
        button.click(_fail, name, out, api_name="fail")
        button.click(_crash, name, out, api_name="crash")
        button.click(_add, [number, total], [number, total], api_name="add")
        button.click(_slow, name, out, api_name="slow")
        button.click(lambda x: x, given, made, api_name="copy")
        button.click(_who, name, out, api_name="who")
        button.click(_greet, name, out, api_name="direct", queue=False)
        button.click(_greet, name, out, api_name="secret", api_visibility="private")
        button.click(_greet, name, out, api_name="hidden", api_visibility="undocumented")
    with demo.route("Second", "second"):
        Textbox(label="Elsewhere").change(lambda: None, None, None, api_name="elsewhere")
    return demo


def fn_index(app: Starlette, api_name: str) -> int:
    """Id of the endpoint's listener."""
    graph = app.state.site.graph
    found: int = next(i for i, x in graph.listeners.items() if x.api_name == api_name)
    return found


def make_app(demo: Blocks | None = None, **given: Any) -> Starlette:
    """The ASGI application of the demo, in no server."""
    demo = demo or make_demo()
    demo.graph_.complete()
    return build_app(demo.graph_, given, host=given.pop("host", None), port=given.pop("port", 80))


@asynccontextmanager
async def in_process(
    app: Starlette | None = None, client: tuple[str, int] = ("203.0.113.7", 1234), **given: Any
) -> AsyncGenerator[httpx.AsyncClient]:
    """A client that talks to the application without a network."""
    app = app or make_app(**given)
    transport = httpx.ASGITransport(app, client=client)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as made:
        await app.state.site.start()
        try:
            yield made
        finally:
            await app.state.site.close()


@contextmanager
def served(demo: Blocks | None = None, **given: Any) -> Generator[str]:
    """Address of a real server, without a final slash."""
    demo = demo or make_demo()
    demo.graph_.complete()
    _, url, _ = launch(demo, prevent_thread_lock=True, quiet=True, **given)
    try:
        yield url.rstrip("/")
    finally:
        demo.close(verbose=False)


def messages_of(text: str) -> list[Any]:
    """The JSON messages of an event stream, framed as the official clients read it."""
    import json

    blocks = text.split("\n\n")
    assert blocks.pop() == ""
    assert all(block.startswith("data: ") and "\n" not in block for block in blocks)
    return [json.loads(block.removeprefix("data: ")) for block in blocks]


def events_of(text: str) -> list[tuple[str, Any]]:
    """Name and data of each event of a `/call` stream."""
    import json

    found: list[tuple[str, Any]] = []
    for block in text.split("\n\n")[:-1]:
        event, data = block.split("\n")
        found.append((event.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


HERE = Path(__file__).parent
