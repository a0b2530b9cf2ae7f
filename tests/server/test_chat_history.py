"""Kept chats over HTTP: what signs whose they are."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Any

import limelight as gr
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette


def chat(folder: Path, **given: Any) -> Starlette:
    demo = gr.ChatInterface(lambda message, history: message, store=folder / "chat.db")
    return make_app(demo, **given)


async def test_the_secret_that_signs_browsers_is_the_owners_and_never_served(
    tmp_path: Path,
) -> None:
    app = chat(tmp_path, allowed_paths=[str(tmp_path)])
    (secret,) = tmp_path.glob("*/.secret")
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    content = secret.read_bytes()
    assert len(content) == 32
    async with in_process(app) as client:
        await client.get("/")
        for path in (secret, f"{tmp_path}/./{secret.parent.name}/.secret", secret.parent):
            for route in ("/gradio_api/file=", "/gradio_api/file/", "/file=", "/static/"):
                answer = await client.get(f"{route}{path}")
                assert answer.status_code in (403, 404), (route, path)
                assert content not in answer.content
    again = chat(tmp_path)
    assert again.state.site.options.secret == content, "browsers are known after a restart"
