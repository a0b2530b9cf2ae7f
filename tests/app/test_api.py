from __future__ import annotations

import enum
from collections.abc import AsyncIterator, Generator, Iterator  # noqa: TC003  # hints are read
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import httpx
import pytest
from gradio_client import Client, handle_file

import limelight as gr
from limelight.core.schema import schema_of
from limelight.errors import ListenerError


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


@dataclass
class Shape:
    name: str
    sides: int = 4


class Node:
    children: list[Node]


def described(fn: Any, **options: Any) -> dict[str, Any]:
    """The endpoint that a function becomes, as clients see it."""
    with gr.Blocks() as demo:
        gr.api(fn, **options)
    (endpoint,) = demo.get_api_info()["named_endpoints"].values()
    assert isinstance(endpoint, dict)
    return endpoint


def parameters(fn: Any) -> list[tuple[Any, ...]]:
    members = ("parameter_name", "parameter_has_default", "parameter_default")
    found = described(fn)["parameters"]
    return [(*(p[m] for m in members), p["python_type"]["type"]) for p in found]


def returns(fn: Any) -> list[str]:
    return [r["python_type"]["type"] for r in described(fn)["returns"]]


@contextmanager
def served(*fns: Any) -> Generator[str]:
    with gr.Blocks() as demo:
        for fn in fns:
            gr.api(fn)
    demo.launch(prevent_thread_lock=True, quiet=True)
    try:
        yield str(demo.local_url).rstrip("/")
    finally:
        demo.close(verbose=False)


def call(url: str, name: str, *data: Any) -> tuple[int, Any]:
    done = httpx.post(f"{url}/gradio_api/run/{name}", json={"data": list(data)})
    return done.status_code, done.json().get("data", done.json().get("error"))


# ---- what clients see ----------------------------------------------------------------------------


def test_arguments_come_from_the_hints_and_defaults() -> None:
    def draw(
        a: int,
        b: "str",  # noqa: UP037  # as text
        size: Size = Size.SMALL,
        kind: Literal["x", "y"] = "x",
        place: tuple[float, float] = (0, 1),
        tags: list[str] | None = None,
        *,
        scale: float = 2,
    ) -> None: ...

    assert parameters(draw) == [
        ("a", False, None, "int"),
        ("b", False, None, "str"),
        ("size", True, "small", "Literal['small', 'large']"),
        ("kind", True, "x", "Literal['x', 'y']"),
        ("place", True, [0, 1], "tuple[float, float]"),
        ("tags", True, None, "None | list[str]"),
        ("scale", True, 2, "float"),
    ]
    assert [p["label"] for p in described(draw)["parameters"]][:4] == ["1st", "2nd", "3rd", "4th"]


def test_what_the_server_fills_in_is_no_parameter() -> None:
    bar: Any = gr.Progress()

    def who(name: str, request: gr.Request, progress: Any = bar, *more: int) -> None: ...

    assert parameters(who) == [("name", False, None, "str")]


def test_results_come_from_the_return_hint() -> None:
    def no_hint():  # type: ignore[no-untyped-def]  # noqa: ANN202  # what is tested
        return 1

    def none() -> None:
        return None

    def one() -> list[int]:
        return []

    def several() -> tuple[int, str]:
        return 1, ""

    def many_of_one() -> tuple[int, ...]:
        return ()

    def perhaps() -> int | None:
        return None

    def pairs() -> Generator[tuple[int, str], None, None]:
        yield 1, ""

    def steps() -> Iterator[int]:
        yield 1

    async def later() -> AsyncIterator[str]:
        yield ""

    def inexact() -> int:  # type: ignore[misc]  # what some authors write
        yield 1  # pyright: ignore[reportReturnType]  # as above

    def unknown() -> Nowhere:  # type: ignore[name-defined]  # noqa: F821  # as behind TYPE_CHECKING
        yield 1

    assert [returns(f) for f in (inexact, unknown)] == [["int"], ["Any"]]
    assert [returns(f) for f in (no_hint, none)] == [[], []]
    assert [returns(f) for f in (one, several)] == [["list[int]"], ["int", "str"]]
    assert [returns(f) for f in (many_of_one, perhaps)] == [["list[int]"], ["None | int"]]
    assert [returns(f) for f in (steps, later, pairs)] == [["int"], ["str"], ["int", "str"]]
    assert [r["label"] for r in described(several)["returns"]] == ["1st", "2nd"]


def test_classes_and_files_have_schemas() -> None:
    def draw(shape: Shape, node: Node, file: gr.FileData) -> gr.FileData:
        return file

    kinds = [p["python_type"]["type"] for p in described(draw)["parameters"]]
    assert kinds == ["dict(name: str, sides: int)", "Any", "filepath"]
    assert returns(draw) == ["filepath"]
    assert schema_of(Shape)["required"] == ["name"]


def test_it_has_no_place_on_the_page_and_can_be_followed() -> None:
    def add(a: int) -> None: ...

    with gr.Blocks() as demo:
        box = gr.Textbox()
        gr.api(add, api_visibility="undocumented", queue=False).then(lambda: "", None, box)
    first, second = demo.get_config()["dependencies"]
    assert (first["targets"], first["show_progress"], first["queue"]) == ([], "hidden", False)
    assert second["trigger_after"] == first["id"]
    assert demo.get_api_info()["named_endpoints"].keys() == {"/lambda"}


def test_as_a_decorator_it_gives_the_function_back() -> None:
    with gr.Blocks() as demo:

        @gr.api(api_name="plus")
        def add(a: int, b: int = 1) -> int:
            """Add two numbers."""
            return a + b

    assert add(1, 2) == 3
    endpoint = demo.get_api_info()["named_endpoints"]["/plus"]
    assert endpoint["description"] == "Add two numbers."


def test_every_argument_needs_a_hint() -> None:
    scope: dict[str, Any] = {}
    exec("def add(a: int, b=1): ...", scope)
    add = scope["add"]
    with gr.Blocks(), pytest.raises(ListenerError, match=r"add\(\), whose argument 'b' has no"):
        gr.api(add)


def test_it_needs_a_function_and_an_app() -> None:
    with gr.Blocks(), pytest.raises(ListenerError, match=r"fn=3; expected a function"):
        gr.api(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(ListenerError, match=r"api\(\) was called outside an app"):
        gr.api(len)


# ---- what happens --------------------------------------------------------------------------------


def test_what_does_not_fit_its_hint_never_reaches_the_function() -> None:
    calls: list[Any] = []

    def add(a: int, shape: Shape, b: float = 2.0, *, c: Any = None) -> float:
        calls.append((a, shape, b, c))
        return a + b

    with served(add) as url:
        shape = {"name": "box"}
        assert call(url, "add", 1, shape, 2.5, None) == (200, [3.5])
        assert call(url, "add", 1, shape, None, 3) == (200, [3.0])
        assert call(url, "add", "1", shape, 2.5, None) == (
            400,
            "add() got a wrong 'a': expected a whole number, got '1'.",
        )
        assert "expected an object with 'name', got {}" in call(url, "add", 1, {}, 2.5, None)[1]
        assert "expected a text at name, got 1" in call(url, "add", 1, {"name": 1}, 1, None)[1]
    assert calls == [(1, shape, 2.5, None), (1, shape, 2.0, 3)]


@pytest.mark.clients
def test_the_client_calls_it_by_name_and_reads_what_it_yields(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("one\ntwo\n")

    def count(file: gr.FileData, from_: int = 0) -> tuple[int, gr.FileData]:
        lines = Path(file.path).read_text().splitlines()
        (tmp_path / "out.txt").write_text("done")
        return len(lines) + from_, gr.FileData(path=str(tmp_path / "out.txt"))

    def steps(n: int) -> Iterator[int]:
        yield from range(n)

    with served(count, steps) as url:
        client = Client(url, verbose=False)
        file = handle_file(str(tmp_path / "a.txt"))
        lines, out = client.predict(file, from_=3, api_name="/count")
        assert (lines, Path(out).read_text()) == (5, "done")
        job = client.submit(3, api_name="/steps")
        assert (job.result(), job.outputs()) == (2, [0, 1, 2])
        paths = httpx.get(f"{url}/gradio_api/openapi.json").json()["paths"]
        client.close()
    body = paths["/gradio_api/call/v2/steps"]["post"]["requestBody"]["content"]
    assert body["application/json"]["schema"]["properties"] == {"n": {"type": "integer"}}
