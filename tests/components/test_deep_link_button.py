from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import limelight as gr
from limelight.components.button import button
from tests.runtime.harness import Harness

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_each_button_has_an_id_of_its_own_and_two_listeners() -> None:
    with gr.Blocks() as demo:
        made = [
            gr.DeepLinkButton(),
            gr.DeepLinkButton("Share", "Done"),
            gr.DeepLinkButton(elem_id="x"),
        ]
    ids = ["gradio-share-link-button-0", "gradio-share-link-button-1", "x"]
    assert [share.elem_id for share in made] == ids
    listeners = list(demo.graph_.listeners.values())
    assert [x.fn is None for x in listeners] == [True, False] * 3
    assert [x.api_visibility for x in listeners] == ["private", "undocumented"] * 3
    assert all(not x.queue for x in listeners)
    script = str(listeners[2].js)
    assert '"Share"' in script
    assert '"Done"' in script
    assert "VALUE" not in script
    assert "COPIED" not in script


def test_a_caption_cannot_leave_its_text() -> None:
    share = gr.DeepLinkButton('"; alert(1); "')
    assert r'"\"; alert(1); \""' in share.get_share_link(str(share.value))


async def test_the_caption_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(button, "COPIED_S", 0.01)
    with gr.Blocks() as demo:
        gr.DeepLinkButton("Share")
    harness = Harness(demo, tmp_path)
    async with asyncio.timeout(4):
        assert await harness.value("lambda") == "Share"
