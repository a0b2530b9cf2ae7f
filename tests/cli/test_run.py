"""The command line, in processes of its own: apps are asked over HTTP on a free port."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import pytest

from tests.rules.modules import ROOT

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

APP = """
import gradio as gr

with gr.Blocks(title={title!r}) as {name}:
    box = gr.Textbox(label="Name")
    box.submit(lambda name: f"Hello {{name}}!", box, box, api_name="greet")
"""


def command(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [sys.executable, "-m", "limelight", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=25,
    )


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


@contextmanager
def running(*arguments: str, port: int) -> Generator[str]:
    """An app in a process of its own; the URL it answers at."""
    process = subprocess.Popen(
        [sys.executable, "-m", "limelight", "run", *arguments, "--port", str(port)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + 20
        while time.monotonic() < until and process.poll() is None:
            try:
                get(url, "/config")
                break
            except OSError:
                time.sleep(0.05)
        yield url
    finally:
        os.killpg(process.pid, signal.SIGINT)
        try:
            said, _ = process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
            pytest.fail(f"it did not stop after Ctrl+C: {said}")
    assert "Traceback" not in said, said


def get(url: str, path: str) -> Any:
    with urllib.request.urlopen(url + path, timeout=5) as response:
        return json.load(response)


def call(url: str, name: str, function: str = "greet") -> Any:
    body = json.dumps({"data": [name]}).encode()
    request = urllib.request.Request(
        f"{url}/gradio_api/run/{function}", body, {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)["data"]


def write(folder: Path, name: str = "demo", title: str = "Greeter", more: str = "") -> Path:
    script = folder / "app.py"
    script.write_text(APP.format(name=name, title=title) + more)
    return script


def test_a_script_for_the_other_package_is_served(tmp_path: Path) -> None:
    port = free_port()
    with running(str(write(tmp_path)), port=port) as url:
        assert get(url, "/config")["title"] == "Greeter"
        assert call(url, "Ada") == ["Hello Ada!"]


def test_a_script_that_launches_by_itself_gets_the_port_of_the_command_line(tmp_path: Path) -> None:
    port = free_port()
    script = write(tmp_path, more="\nif __name__ == '__main__':\n    demo.launch(server_port=1)\n")
    with running(str(script), port=port) as url:
        assert call(url, "Ada") == ["Hello Ada!"]


def test_an_app_of_another_name_is_named_behind_a_colon(tmp_path: Path) -> None:
    port = free_port()
    more = APP.format(name="other", title="Other")
    with running(f"{write(tmp_path, more=more)}:other", port=port) as url:
        assert get(url, "/config")["title"] == "Other"


def test_modules_beside_the_script_are_found(tmp_path: Path) -> None:
    (tmp_path / "beside.py").write_text("TITLE = 'Beside'\n")
    script = tmp_path / "app.py"
    script.write_text(
        "import gradio as gr\nfrom beside import TITLE\ndemo = gr.Blocks(title=TITLE)\n"
    )
    with running(str(script), port=free_port()) as url:
        assert get(url, "/config")["title"] == "Beside"


@pytest.mark.timeout(60)
def test_a_changed_script_is_served_again(tmp_path: Path) -> None:
    script = write(tmp_path, title="Before")
    with running(str(script), "--reload", port=free_port()) as url:
        assert get(url, "/config")["title"] == "Before"
        write(tmp_path, title="Afterwards")
        until = time.monotonic() + 20
        title = None
        while time.monotonic() < until and title != "Afterwards":
            time.sleep(0.1)
            try:
                title = get(url, "/config")["title"]
            except (OSError, urllib.error.URLError):
                continue
        assert title == "Afterwards"


@pytest.mark.skipif(sys.platform == "win32", reason="has no SIGTERM that can be caught")
@pytest.mark.timeout(60)
def test_sigterm_to_the_reloader_ends_the_app_when_its_calls_are_finished(tmp_path: Path) -> None:
    slow = "\n    box.submit(lambda name: time.sleep(2) or name, box, box, api_name='slow')\n"
    script = write(tmp_path, more=slow)
    script.write_text("import time\n" + script.read_text())
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "limelight", "run", str(script), "--reload", "--port", str(port)],
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                get(url, "/config")
                break
            except OSError:
                time.sleep(0.05)
        with ThreadPoolExecutor() as threads:
            answer = threads.submit(call, url, "Ada", "slow")
            time.sleep(0.5)
            process.terminate()
            assert answer.result(10) == ["Ada"]
        assert process.wait(15) == 0
        with pytest.raises(OSError, match="refused"):
            get(url, "/config")
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = command("run", str(tmp_path / "nowhere.py"))
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere.py' is not a file. Give the path of a Python file" in done.stderr


@pytest.mark.parametrize("name", ["", ":other"])
def test_a_script_without_the_app_says_how_to_name_it(tmp_path: Path, name: str) -> None:
    script = tmp_path / "app.py"
    script.write_text("other = 3\n")
    done = command("run", f"{script}{name}")
    assert done.returncode == 2
    assert f"app.py has no app called {name[1:] or 'demo'!r}. Name it `demo`, or run" in done.stderr


def test_versions_and_names_of_settings_are_printed_but_no_values() -> None:
    done = command("environment", LIMELIGHT_ROOT_PATH="/secret")
    assert done.returncode == 0
    assert done.stdout.startswith("limelight 0.")
    assert "  starlette " in done.stdout
    assert "  LIMELIGHT_ROOT_PATH" in done.stdout
    assert "/secret" not in done.stdout


def test_without_a_command_the_usage_is_printed() -> None:
    done = command()
    assert done.returncode == 2
    assert "usage: limelight" in done.stderr
