"""Caching, examples, limits of time, streamed input, bare functions, flags, links."""

from __future__ import annotations

import csv
import itertools
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import limelight as gr
from tests.clients.scenes import serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.clients.conftest import Connect

pytestmark = pytest.mark.clients


# ---- kept results --------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", ["eager", "lazy"])
def test_cached_examples_are_shown_without_a_call(
    connect: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    calls: list[str] = []

    def spell(word: str) -> Iterator[str]:
        calls.append(word)
        for end in range(1, len(word) + 1):
            yield word[:end]

    with gr.Blocks() as demo:
        word, out = gr.Textbox(), gr.Textbox()
        gr.Examples(
            [["ab"], ["xyz"]],
            word,
            out,
            spell,
            cache_examples=True,
            cache_mode=mode,
            api_name="load",
            api_visibility="public",
        )
    with serve(demo) as url:
        client = connect(url)
        assert calls == (["ab", "xyz"] if mode == "eager" else [])
        (name,) = [name for name in client.endpoints() if "load" in name and "input" not in name]
        for _ in range(2):
            heard = client.hear(name, 1)
            assert heard.result == ["xyz"]
            assert heard.values == [["x"], ["xy"], ["xyz"]]
    assert calls == (["ab", "xyz"] if mode == "eager" else ["xyz"])


def test_cached_function_runs_once_for_equal_calls(connect: Connect) -> None:
    calls: list[float] = []

    @gr.cache
    def square(number: float) -> float:
        calls.append(number)
        return number * number

    @gr.cache
    def count(number: float) -> Iterator[float]:
        calls.append(number)
        yield from range(int(number))

    with gr.Blocks() as demo:
        number = gr.Number()
        number.submit(square, number, number)
        number.submit(count, number, number)
    with serve(demo) as url:
        client, other = connect(url), connect(url)
        assert client.predict("/square", 3) == other.predict("/square", 3) == [9]
        assert client.hear("/count", 2).values == other.hear("/count", 2).values == [[0], [1]]
    assert calls == [3, 2]


# ---- time ----------------------------------------------------------------------------------------


def test_generator_ends_when_its_time_is_over(connect: Connect) -> None:
    def endless() -> Iterator[int]:
        yield from itertools.count()

    with gr.Blocks() as demo:
        gr.Button().click(endless, None, gr.Number(), time_limit=1)
    with serve(demo) as url:
        client = connect(url)
        heard = client.hear("/endless")
        assert heard.result is not None
        assert heard.result[0] > 0
        assert heard.values[0] == [0]


def test_javascript_client_streams_input(javascript: Connect) -> None:
    def see(chunk: Any, seen: int) -> tuple[str, int]:
        return f"{seen + 1}: {chunk}", seen + 1

    with gr.Blocks() as demo:
        camera = gr.Image(sources=["webcam"], streaming=True)
        seen, out = gr.State(0), gr.Textbox()
        camera.stream(see, [camera, seen], [out, seen], preprocess=False, time_limit=20)
    with serve(demo) as url:
        client: Any = javascript(url)
        chunks = [f"c{number}" for number in range(4)]
        assert client.ask("stream", endpoint="/see", chunks=[[chunk] for chunk in chunks]) == [
            [f"{number + 1}: {chunk}"] for number, chunk in enumerate(chunks)
        ]


# ---- functions without components ----------------------------------------------------------------


def test_bare_function_is_an_endpoint(connect: Connect) -> None:
    def area(width: int, height: float = 2.5, tags: list[str] | None = None) -> dict[str, Any]:
        """Size of a rectangle."""
        return {"size": width * height, "tags": tags}

    def steps(count: int) -> Iterator[int]:
        yield from range(count)

    with gr.Blocks() as demo:
        gr.api(area)
        gr.api(steps, api_name="walk")
    with serve(demo) as url:
        client = connect(url)
        assert {"/area", "/walk"} <= set(client.endpoints())
        assert client.predict("/area", 2) == [{"size": 5, "tags": None}]
        assert client.predict("/area", width=2, height=3, tags=["a"]) == [
            {"size": 6, "tags": ["a"]}
        ]
        assert client.hear("/walk", 3).values == [[0], [1], [2]]


# ---- flags ---------------------------------------------------------------------------------------


def _rows(folder: Path) -> list[list[str]]:
    with (folder / "dataset1.csv").open(encoding="utf-8", newline="") as file:
        return [row[:-1] for row in csv.reader(file)][1:]  # without the time


def _interface(folder: Path, mode: Any) -> gr.Interface:
    return gr.Interface(
        lambda name: f"Hello {name}",
        gr.Textbox(label="name"),
        gr.Textbox(label="out"),
        flagging_mode=mode,
        flagging_options=["good", "bad"] if mode == "manual" else None,
        flagging_dir=str(folder),
        api_name="predict",
    )


def _endpoint(demo: gr.Blocks, word: str) -> str:
    """Name of the endpoint, documented or not, in whose name a word stands."""
    (found,) = {
        d["api_name"]
        for d in demo.get_config()["dependencies"]
        if word in str(d["api_name"]).lower()
    }
    return f"/{found}"


def test_flags_are_endpoints_that_are_not_shown(connect: Connect, tmp_path: Path) -> None:
    demo = _interface(tmp_path, "auto")
    with serve(demo) as url:
        client = connect(url)
        shown = client.endpoints()
        assert "/predict" in shown
        assert not [name for name in shown if "flag" in name.lower()]
        # The page asks for the row after each result; a client does so itself.
        for name in ("Ann", "=1+1"):
            assert client.predict("/predict", name) == [f"Hello {name}"]
            client.hear(_endpoint(demo, "flag"), name, f"Hello {name}")
    assert [row[:2] for row in _rows(tmp_path)] == [["Ann", "Hello Ann"], ["'=1+1", "Hello =1+1"]]


# ---- links ---------------------------------------------------------------------------------------


def test_link_gives_a_client_the_page_that_was_shared(javascript: Connect) -> None:
    with gr.Blocks() as demo:
        name, out = gr.Textbox("start", label="name"), gr.Textbox(label="out")
        name.submit(lambda name: name + "!", name, out, api_name="shout")
        gr.DeepLinkButton()
    with serve(demo) as url:
        client: Any = javascript(url)
        assert client.predict("/shout", "Ann") == ["Ann!"]
        session = client.ask("session")
        link = httpx.get(f"{url}/gradio_api/deep_link", params={"session_hash": session}).json()
        config = javascript(url, query_params={"deep_link": link}).ask("config")  # type: ignore[attr-defined]
        shown = {
            each["props"].get("label"): each["props"].get("value") for each in config["components"]
        }
        assert (shown["name"], shown["out"]) == ("Ann", "Ann!")
        assert config["deep_link_state"] == "valid"
