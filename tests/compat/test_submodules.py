"""`import gradio` in a fresh interpreter, as an app that was written for it does."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module

import pytest

import limelight as gr
from limelight import compat
from limelight.compat.submodules import SUBMODULES
from tests.rules.modules import ROOT


def output_of(code: str) -> str:
    command = [sys.executable, "-W", "error", "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_after_install_the_other_name_is_this_package() -> None:
    code = """
from limelight import compat
compat.install()
compat.install()
import gradio as gr, limelight
import gradio.themes.builtin.soft
from gradio.themes.utils import colors, fonts, sizes
from gradio.themes.utils.colors import blue
from gradio.themes.utils.fonts import GoogleFont
assert colors is limelight.themes.colors and blue is colors.blue and sizes.text_lg
from gradio.components import Textbox
from gradio.components.image import Image
from gradio.events import SelectData
assert gr is limelight and gr.Textbox is Textbox and gr.SelectData is SelectData
assert gr.__name__ == limelight.__spec__.name == "limelight"
assert Image is limelight.Image and gr.themes.Soft is limelight.themes.Soft
import limelight.app.blocks
assert limelight.app.blocks.Blocks is gr.Blocks
print("same")
"""
    assert output_of(code) == "same"


def test_without_install_the_other_name_is_left_to_others() -> None:
    code = """
import limelight, sys
assert not any("gradio" in name for name in sys.modules)
try:
    import gradio.nowhere
except ModuleNotFoundError:
    print("not ours")
"""
    assert output_of(code) == "not ours"


def test_installing_loads_nothing_more() -> None:
    code = """
import limelight.compat
limelight.compat.install()
import sys
print(*sorted(m for m in sys.modules if m.startswith(("limelight.", "gradio"))))
"""
    assert output_of(code).split() == [
        "limelight.catalog",
        "limelight.compat",
        "limelight.compat.submodules",
    ]


def test_a_submodule_that_nobody_has_is_not_found() -> None:
    compat.install()
    for name in ("gradio.nowhere", "limelight.nowhere", "gradio.components.nowhere"):
        with pytest.raises(ModuleNotFoundError):
            import_module(name)


@pytest.mark.parametrize("view", SUBMODULES)
def test_every_name_of_a_view_is_there(view: str) -> None:
    compat.install()
    module = import_module(f"gradio.{view}")
    for name in SUBMODULES[view]:
        assert getattr(module, name) is not None
        assert name in dir(module)
    assert set(module.__all__) == set(SUBMODULES[view])


def test_views_know_all_public_names_and_no_others() -> None:
    compat.install()
    layouts = import_module("gradio.layouts")
    assert layouts.Row is gr.Row
    assert layouts.Textbox is gr.Textbox
    with pytest.raises(AttributeError, match=r"'limelight\.layouts' has no attribute 'Rows'"):
        _ = layouts.Rows


def test_errors_have_the_names_that_apps_catch() -> None:
    exceptions = import_module("limelight.exceptions")
    with gr.Blocks():
        box = gr.Textbox()
        with pytest.raises(exceptions.DuplicateBlockError):
            box.render()
    with pytest.raises(exceptions.Error):
        raise gr.Error("Stop")
