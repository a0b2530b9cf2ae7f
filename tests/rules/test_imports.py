"""What is loaded when: the door costs nothing, an app little, heavy things wait for their use.

Each test asks a fresh interpreter what it holds, so no other test and no busy machine can upset it.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rules.modules import ROOT, module_names

HEAVY = {
    "PIL", "altair", "anyio", "bokeh", "fastapi", "httpx", "matplotlib", "msgspec", "multipart",
    "numpy", "pandas", "polars", "pydantic", "python_multipart", "scipy", "starlette", "torch",
    "uvicorn", "websockets",
}  # fmt: skip
"""Packages that an app without files, tables or a server does not need."""
SLOW = {"asyncio", "concurrent", "email", "http", "json", "logging", "socket", "ssl", "threading"}
"""Parts of the standard library that cost milliseconds each."""
HTTP = {"fastapi", "httpx", "starlette", "uvicorn", "websockets"}
CONVERSION = HEAVY - HTTP - {"anyio", "msgspec", "multipart", "python_multipart"}


def loaded_by(code: str) -> set[str]:
    """What a fresh interpreter holds after some code that it does not hold without."""
    program = f"import sys\nbefore = set(sys.modules)\n{code}\nprint(*set(sys.modules) - before)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def tops(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def test_the_door_loads_the_name_table_and_nothing_else() -> None:
    loaded = loaded_by("import limelight")
    assert {m for m in loaded if m.startswith("limelight")} == {"limelight", "limelight.catalog"}
    assert not tops(loaded) & (HEAVY | SLOW)


APP = """
import limelight as gr
with gr.Blocks() as demo:
    name, times, out = gr.Textbox(), gr.Slider(), gr.Textbox()
    gr.Button().click(lambda name, times: name * times, [name, times], out)
"""


def test_an_app_of_four_components_loads_what_it_names() -> None:
    loaded = loaded_by(APP)
    folders = {m.split(".")[2] for m in loaded if m.startswith("limelight.components.")}
    assert folders == {"button", "form", "slider", "textbox"}
    assert not tops(loaded) & (HEAVY | SLOW)
    assert not {m for m in loaded if m.startswith(("limelight.server", "limelight.runtime"))}


@pytest.mark.parametrize(
    "layers", [("core", "wire"), ("components",), ("app",), ("runtime",), ("themes",), ("media",)]
)
def test_below_the_server_nothing_knows_http_and_conversion_waits(layers: tuple[str, ...]) -> None:
    names = module_names(*layers)
    assert names
    loaded = tops(loaded_by("\n".join(f"import {name}" for name in names)))
    assert not loaded & (HTTP | CONVERSION)


def test_the_server_waits_with_conversion_and_with_clients() -> None:
    loaded = tops(loaded_by("import limelight.server.app"))
    assert not loaded & (CONVERSION | {"fastapi", "httpx"})


def test_importing_every_module_starts_no_thread_and_opens_no_file() -> None:
    code = "\n".join(f"import {name}" for name in module_names())
    program = (
        f"import os, threading\n{code}\nfiles = '/proc/self/fd'\n"
        "opened = os.listdir(files) if os.path.isdir(files) else []\n"
        "print(threading.active_count(), *opened)"
    )
    command = [sys.executable, "-X", "dev", "-W", "error", "-c", program]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    threads, *files = done.stdout.split()
    assert threads == "1"
    assert len(files) <= 4, files  # the three standard ones, and the folder that is being listed
