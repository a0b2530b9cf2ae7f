"""The examples of the guides run, and the guides show them as they are."""

from __future__ import annotations

import queue
import re
import runpy
import threading
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.utils import Status

from limelight.app.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Generator

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "docs" / "examples").glob("*.py"))
PATIENCE_S = 20
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs" / "guides").glob("*.md"))]

_SHOWN = re.compile(r"\[`(\w+\.py)`\]\(\S+\):\n\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def load(name: str) -> dict[str, Any]:
    """The names of an example, imported and not launched."""
    return runpy.run_path(str(ROOT / "docs" / "examples" / f"{name}.py"), run_name=name)


@contextmanager
def client_of(name: str, names: dict[str, Any] | None = None) -> Generator[Any]:
    """The official client, connected to an example that a server runs."""
    demo: Blocks = (names or load(name))["demo"]
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


@pytest.mark.parametrize(
    "name", ["agents", "chat", "chat_history", "moving-chats", "multimodal-chat"]
)
def test_whole_programs_of_the_chat_guides_run(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    launched: list[Blocks] = []
    monkeypatch.setattr(Blocks, "launch", lambda demo, **_: launched.append(demo))
    monkeypatch.chdir(tmp_path)
    text = (ROOT / "docs" / "guides" / f"{name}.md").read_text("utf-8")
    programs = [code for code in _PYTHON.findall(text) if "import limelight as gr" in code]
    assert programs
    for code in programs:
        exec(compile(code, f"{name}.md", "exec"), {"__name__": "__main__"})
    assert len(launched) == len(programs)
    assert all(demo.get_config_file()["components"] for demo in launched)


@pytest.mark.clients
def test_chats_answer_as_the_guides_say() -> None:
    with client_of("chat_moved") as client:
        said = client.predict({"text": "Hi", "files": []}, "Gladly.", api_name="/chat")
        assert said == "Gladly. This is answer 1. You said: Hi"
    picture = handle_file(str(ROOT / "examples" / "samples" / "page.png"))
    with client_of("chat_pictures") as client:
        message = {"text": "Round!", "files": [picture]}
        shown, told = client.predict(message, api_name="/chat")
        assert Path(shown).read_bytes()[8:12] == b"WEBP"
        assert told == "384 × 191 pixels."


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
def test_functions_without_a_page_as_the_guide_shows_them() -> None:
    with client_of("functions") as client:
        assert client.predict(1, tags=["x", "x"], api_name="/add") == (3.0, {"x": 2})
        job = client.submit(2, api_name="/countdown")
        assert (job.result(), job.outputs()) == (0, [2, 1, 0])
        with pytest.raises(Exception, match="expected a whole number, got 'one'"):
            client.predict("one", api_name="/add")


@pytest.mark.clients
def test_streams_arrive_piece_by_piece() -> None:
    with client_of("stream") as client:
        job = client.submit(3, api_name="/write")
        assert job.result() == "word 0 word 1 word 2 "
        assert job.outputs() == ["word 0 ", "word 0 word 1 ", "word 0 word 1 word 2 "]


@pytest.mark.clients
def test_cached_functions_answer_at_once_the_second_time() -> None:
    names = load("cached")
    names["translate"].__globals__["time"] = SimpleNamespace(sleep=lambda _: None)
    with client_of("cached", names) as client:
        for _ in range(2):
            assert client.predict("Hi", "French", api_name="/translate") == "Hi in French"
            job = client.submit("art", api_name="/write")
            assert job.result() == "A few words about art. "
            assert len(job.outputs()) == 5
    assert len(names["translate"].cache) == len(names["write"].cache) == 1


@pytest.mark.clients
def test_values_kept_by_hand_are_kept_for_one_client() -> None:
    with client_of("cached_by_hand") as client:
        for _ in range(2):
            assert client.predict("a bc", "d ef", api_name="/compare") == "alike"
        assert client.predict("a bc", "def", api_name="/compare") == "different"


@pytest.mark.clients
def test_rows_with_kept_results_answer_a_click(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = load("cached_rows")
    monkeypatch.chdir(tmp_path)
    with client_of("cached_rows", names) as client:
        for _ in range(2):
            answer = client.predict(1, api_name="/load_example")
            assert answer == "spotlight has 18 letters, 2 times"
    assert len(list((tmp_path / ".limelight/cached_examples").iterdir())) == 1


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


@pytest.mark.clients
@pytest.mark.parametrize(
    ("endpoint", "farewell"),
    [("measure", "The stopwatch is put away."), ("sleep", "The alarm is switched off.")],
)
def test_what_is_stopped_puts_its_things_away(endpoint: str, farewell: str) -> None:
    names = load("stopped")
    said = queue.SimpleQueue[str]()
    names[endpoint].__globals__["print"] = said.put
    with client_of("stopped", names) as client:
        job = client.submit(60, api_name=f"/{endpoint}")
        wait_until(Status.PROCESSING, [job])  # before, the client does not know what to cancel
        job.cancel()
        assert said.get(timeout=PATIENCE_S) == farewell


@pytest.mark.clients
def test_a_component_is_asked_again_and_the_timer_is_switched() -> None:
    demo: Blocks = load("clock")["demo"]
    timers = [c for c in demo.get_config_file()["components"] if c["type"] == "timer"]
    assert [(t["props"]["value"], t["props"]["active"]) for t in timers] == [
        (2, True),
        (0.5, False),
    ]
    with client_of("clock") as client:
        assert re.fullmatch(r"\d\d:\d\d:\d\d", client.predict(api_name="/now"))


@pytest.mark.clients
def test_calls_that_wait_are_taken_together() -> None:
    names = load("batch")
    gate, begun = threading.Event(), threading.Event()

    def slow_length(value: Any) -> int:
        begun.set()
        assert gate.wait(PATIENCE_S)
        return len(value)

    names["measure"].__globals__["len"] = slow_length
    with client_of("batch", names) as client:
        first = client.submit("first", api_name="/measure")
        assert begun.wait(PATIENCE_S)
        jobs = [client.submit("x" * size, api_name="/measure") for size in range(3)]
        wait_until(Status.IN_QUEUE, jobs)
        gate.set()
        assert first.result() == "5 characters, 1 texts together"
        assert [job.result() for job in jobs] == [
            f"{size} characters, 3 texts together" for size in range(3)
        ]


@pytest.mark.clients
def test_each_session_has_its_own_state_until_it_expires() -> None:
    names = load("expiring")
    put_back = queue.SimpleQueue[tuple[str, ...]]()
    names["put_back"].__globals__["print"] = lambda *words: put_back.put(words)
    with client_of("expiring", names) as ann, second_client(ann) as ben:
        for client, item in ((ann, "tea"), (ben, "jam"), (ann, "milk")):
            client.predict(item, api_name="/add")
        assert [client.predict(api_name="/count") for client in (ann, ben)] == [2, 1]
        names["items"].time_to_live = 0.1  # not before: a busy machine takes longer to count
        for client, item in ((ann, "oil"), (ben, "salt")):
            client.predict(item, api_name="/add")
        gone = {put_back.get(timeout=PATIENCE_S) for _ in range(2)}
        assert gone == {("Put back:", "jam", "salt"), ("Put back:", "tea", "milk", "oil")}
        assert ann.predict(api_name="/count") == 0


@pytest.mark.clients
def test_guests_come_and_go() -> None:
    names = load("guests")
    left = threading.Event()

    class Guests(dict[str, str]):
        def pop(self, *given: Any) -> Any:
            left.set()
            return super().pop(*given)

    names["leave"].__globals__["guests"] = Guests()
    with client_of("guests", names) as ann:
        assert ann.predict(api_name="/enter") == "1 here; you came from 127.0.0.1."
        with second_client(ann) as ben:
            assert ben.predict(api_name="/enter") == "2 here; you came from 127.0.0.1."
        assert left.wait(PATIENCE_S)
        assert ann.predict(api_name="/enter") == "1 here; you came from 127.0.0.1."


@pytest.mark.clients
def test_a_call_is_repeated_and_read_again_as_the_guide_says() -> None:
    with client_of("stream") as client, httpx.Client(base_url=f"{client.src}gradio_api/") as http:
        call = {"data": [2], "session_hash": "mine", "key": "order-17"}
        first, second = (http.post("call/write", json=call).json() for _ in range(2))
        assert first == second
        read, again = (http.get(f"call/write/{first['event_id']}").text for _ in range(2))
        assert read.endswith('event: complete\ndata: ["word 0 word 1 "]\n\n')
        assert again == read

        http.post("queue/join", json={"data": [2], "fn_index": 0, "session_hash": "other"})
        address = "queue/data?session_hash=other&after={}"
        numbers = re.findall("^id: (\\d+)$", http.get(address.format(0)).text, re.MULTILINE)
        assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
        rest = http.get(address.format(0), headers={"last-event-id": "2"}).text
        assert re.findall("^id: (\\d+)$", rest, re.MULTILINE) == numbers[2:]


@contextmanager
def second_client(first: Any) -> Generator[Any]:
    """Another session of the app that a client is connected to."""
    client = Client(first.src, verbose=False)
    try:
        yield client
    finally:
        client.close()


def wait_until(status: Status, jobs: list[Any]) -> None:
    """Wait until the client has heard that its calls are so far."""
    pause = threading.Event()
    for job in jobs:
        for _ in range(PATIENCE_S * 20):
            if job.status().code in (status, Status.ITERATING):
                break
            pause.wait(0.05)
        else:
            raise AssertionError(f"It does not come to {status}: {job.status()}")
