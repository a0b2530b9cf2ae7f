"""A plain page stays light, with all that it loads at first, as it is served."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from limelight.app.interface import Interface
from limelight.server.manifest import Assets
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    import httpx

MOST_BYTES = 38_200
"""Of the bodies, compressed. A new part that few pages show belongs into a chunk of its own."""


def _greet(name: str) -> str:
    return f"Hello {name}!"


async def _served(client: httpx.AsyncClient, path: str) -> tuple[bytes, str]:
    """Body as it goes over the wire, and its coding."""
    coded = {"accept-encoding": "gzip, deflate, br, zstd"}
    async with client.stream("GET", path, headers=coded) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])
        return body, answer.headers.get("content-encoding", "")


async def test_the_hello_page_is_light() -> None:
    app = make_app(Interface(_greet, "textbox", "textbox"))
    if not Assets(app.state.site.options.assets).is_built:
        pytest.skip("the browser half is not built")
    async with in_process(app) as client:
        page, coding = await _served(client, "/")
        text = (await client.get("/")).text
        files = re.findall(r'<(?:script|link)\b[^>]*?\b(?:src|href)="(assets/[^"]+)"', text)
        sizes = {"/": len(page)}
        assert coding == "gzip"
        for file in files:
            body, coding = await _served(client, f"/{file}")
            assert coding == "br", file
            sizes[file] = len(body)
        script = (await client.get(f"/{files[0]}")).text
    assert len(files) == 2, "one script and one style sheet, so that nothing is fetched after them"
    assert not re.search(r'\bimport\s*["{]|\bfrom\s*"', script[:2000]), (
        "the script waits for another"
    )
    assert sum(sizes.values()) <= MOST_BYTES, sizes
