"""The examples of the guides run, and the guides show them as they are."""

from __future__ import annotations

import re
import runpy
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from gradio_client import Client, handle_file

from limelight.app.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]

_SHOWN = re.compile(r"\[`(\w+\.py)`\]\(\S+\):\n\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def load(name: str) -> dict[str, Any]:
    """The names of an example, imported and not launched."""
    return runpy.run_path(str(ROOT / "docs" / "examples" / f"{name}.py"), run_name=name)


@contextmanager
def client_of(name: str) -> Generator[Any]:
    """The official client, connected to an example that a server runs."""
    demo: Blocks = load(name)["demo"]
    demo.launch(prevent_thread_lock=True, quiet=True)
    client = Client(str(demo.local_url), verbose=False)
    try:
        yield client
    finally:
        client.close()
        demo.close(verbose=False)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_examples_can_be_imported(path: Path) -> None:
    demo = load(path.stem)["demo"]
    assert isinstance(demo, Blocks)
    assert demo.get_config_file()["components"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_show_the_examples_as_they_are(page: Path) -> None:
    text = page.read_text("utf-8")
    for name, shown in _SHOWN.findall(text):
        assert shown in (ROOT / "docs" / "examples" / name).read_text("utf-8"), name
    for code in _PYTHON.findall(text):
        compile(code, str(page), "exec")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_shown_somewhere(path: Path) -> None:
    assert any(f"examples/{path.name})" in page.read_text("utf-8") for page in PAGES)


@pytest.mark.clients
def test_hello_as_the_guide_calls_it() -> None:
    with client_of("hello") as client:
        assert client.predict("Ada", 2, api_name="/greet") == "Hello Ada! Hello Ada!"


@pytest.mark.clients
def test_endpoints_as_the_guide_calls_them() -> None:
    with client_of("endpoints") as client:
        assert client.predict(text="hello", api_name="/translate") == "hallo"
        assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/translate"]


@pytest.mark.clients
def test_streams_arrive_piece_by_piece() -> None:
    with client_of("stream") as client:
        job = client.submit(3, api_name="/write")
        assert job.result() == "word 0 word 1 word 2 "
        assert job.outputs() == ["word 0 ", "word 0 word 1 ", "word 0 word 1 word 2 "]


@pytest.mark.clients
def test_files_go_in_and_come_out(tmp_path: Path) -> None:
    given = []
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"{name}\n")
        given.append(handle_file(str(tmp_path / f"{name}.txt")))
    with client_of("files") as client:
        assert client.predict(given, api_name="/count_lines") == {"a.txt": 1, "b.txt": 1}
        assert Path(client.predict(given, api_name="/join")).read_text() == "a\nb\n"


@pytest.mark.clients
def test_a_chain_goes_on_after_a_failure() -> None:
    with client_of("chain") as client:
        assert client.predict(3, api_name="/load") == "Record 3"
        with pytest.raises(Exception, match="Choose a number from 0"):
            client.predict(-1, api_name="/load")


@pytest.mark.clients
def test_validators_speak_before_the_function() -> None:
    with client_of("validate") as client:
        assert client.predict(20, api_name="/enter") == "Welcome, you are 20."
        with pytest.raises(Exception, match="Only for grown-ups"):
            client.predict(7, api_name="/enter")
