"""What editors and type checkers say of an app: right calls pass, slips are found.

One run of each checker over one file; the lines that must be found end in `# slip`.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from limelight import catalog
from limelight.core.block import Block

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
PYRIGHT = ROOT / "node_modules" / ".bin" / "pyright"

APP = """\
# pyright: strict
import limelight as gr


def greet(name: str, times: float, request: gr.Request) -> str:
    return f"Hello {name}! " * int(times)


with gr.Blocks(title="Greeter", fill_width=True) as demo:
    gr.Markdown("# Greeter")
    with gr.Row(equal_height=True, visible=False), gr.Column(scale=2, min_width=100):
        name = gr.Textbox("World", label="Name", lines=2, type="email", elem_id="name")
        times = gr.Slider(0, 10, 5, step=1, label="Times", info="How often", interactive=True)
        kind = gr.Radio(["a", ("B", 2)], value="a", type="index", visible="hidden")
        pick = gr.Dropdown([1, 2], multiselect=True, label="Pick")
        later = gr.Button("Greet", variant="primary", size="sm", render=False)
    with gr.Tabs(), gr.Tab("First", True, id=1):
        out = gr.Textbox(label="Greeting", every=2, preserved_by_key=["value", "label"])
        note = gr.HTML("<b>${value}</b>", rating=3)
    count = gr.State([], False, time_to_live=60)
    later.render()
    greeting = later.click(greet, [name, times], outputs=out, api_name="greet", queue=False)
    greeting.then(lambda: gr.update(visible=True), None, out, show_progress="hidden")
    name.submit(greet, inputs=[name, times], outputs=[out], trigger_mode="always_last")
    gr.on([name.change, times.release], greet, [name, times], out, concurrency_limit=None)
    gr.ClearButton([name, out], value="Empty")
    gr.Button(value=lambda: "later").click(None, cancels=greeting, js="() => 1")
    seen = {out: "as keys of a dictionary"}

    gr.Textbox(lable="Name")  # slip: no such prop
    gr.Textbox(type="mail")  # slip: not among the options
    gr.Textbox("World", 2)  # slip: by name only
    gr.Slider(0, 10, step="one")  # slip: not a number
    gr.Button("Greet", rende=False)  # slip: no such prop
    gr.Button(variant="big")  # slip: not among the options
    gr.Row(equal_hight=True)  # slip: no such prop
    later.click(greet, name, out, concurency_limit=2)  # slip: no such option
    later.click(greet, name, out, show_progress="none")  # slip: not among the options
    later.clicked(greet, name, out)  # slip: no such event
    gr.Textboks()  # slip: no such name
    gr.State([], False, 60)  # slip: by name only
    name.lines = "two"  # slip: not a number
demo.queue().launch(server_port=7860, share=False)
gr.Interface(greet, ["text", times], gr.Textbox(), title="Greeter", live=True).launch()
gr.TabbedInterface([demo], ["One"])
gr.Interface(greet, "text", "text", titel="Greeter", flagging_mode="sometimes")  # slip: an option
"""
SLIPS = {number for number, line in enumerate(APP.splitlines(), 1) if "# slip" in line}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("typing") / "app.py"
    path.write_text(APP)
    return path


def _compare(found: dict[int, str]) -> None:
    lines = APP.splitlines()
    wrong = [f"{n}: {lines[n - 1].strip()}\n   {found[n]}" for n in sorted(found.keys() - SLIPS)]
    missed = [f"{n}: {lines[n - 1].strip()}\n   not found" for n in sorted(SLIPS - found.keys())]
    if wrong or missed:
        pytest.fail("\n".join(wrong + missed), pytrace=False)


def _written_twice() -> Iterator[tuple[str, set[str]]]:
    """Classes with a constructor for type checkers, which are to take what the real one takes."""
    for name, module in catalog.NAMES.items():
        cls = getattr(import_module(module), name)
        source = Path(ROOT, *module.split(".")).with_suffix(".py")
        if not isinstance(cls, type) or not issubclass(cls, Block) or "__init__" in cls.__dict__:
            continue
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
                for inner in ast.walk(node):
                    if isinstance(inner, ast.FunctionDef) and inner.name == "__init__":
                        arguments = [*inner.args.args[1:], *inner.args.kwonlyargs]
                        yield name, {a.arg for a in arguments}


@pytest.mark.parametrize(("name", "written"), [*_written_twice()])
def test_a_constructor_for_type_checkers_takes_what_the_real_one_takes(
    name: str, written: set[str]
) -> None:
    real = inspect.signature(getattr(import_module(catalog.NAMES[name]), name)).parameters.values()
    taken = {p.name for p in real if p.kind is not p.VAR_KEYWORD}
    unlisted = {"label", "info", "show_label", "container", "scale", "min_width", "interactive"}
    unlisted |= {"load_fn", "every", "inputs", "visible", "elem_id", "elem_classes"}
    assert written <= taken
    if name == "BrowserState":
        unlisted |= {"value", "key", "preserved_by_key"}
    assert taken - written <= (unlisted if name in ("BrowserState", "State") else set())


@pytest.mark.timeout(180)
def test_mypy_finds_the_slips_in_an_app_and_nothing_else(app: Path) -> None:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", str(app)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = {int(number): text for number, text in re.findall(r"app\.py:(\d+): error: (.*)", said)}
    _compare(found)


@pytest.mark.timeout(180)
@pytest.mark.skipif(not PYRIGHT.exists(), reason="pyright comes with `npm ci`")
def test_pyright_finds_the_slips_in_an_app_and_nothing_else(app: Path) -> None:
    command = [str(PYRIGHT), "--outputjson", "--pythonpath", sys.executable, str(app)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout
    found = {
        item["range"]["start"]["line"] + 1: item["message"]
        for item in json.loads(said)["generalDiagnostics"]
        if item["severity"] == "error"
    }
    _compare(found)
