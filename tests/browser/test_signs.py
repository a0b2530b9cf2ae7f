"""Blocks whose server half speaks unasked, over a socket and where sockets are blocked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.conftest import free_port
from tests.browser.harness import allow, ready
from tests.browser.proxy import Proxy

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve

anywidget: Any = pytest.importorskip("anywidget")
traitlets: Any = pytest.importorskip("traitlets")

NET_ERRORS = r"WebSocket connection to|net::ERR_|Failed to load resource"


class Counter(anywidget.AnyWidget):  # type: ignore[misc]  # untyped where it is not installed
    """Shows a number, and what it was told."""

    _esm = """
    export default {
      render({ model, el }) {
        const shown = Object.assign(document.createElement("output"), { className: "shown" });
        const heard = Object.assign(document.createElement("output"), { className: "heard" });
        const draw = () => (shown.textContent = model.get("count"));
        model.on("change:count", draw);
        model.on("msg:custom", (content, [view]) => {
          heard.textContent = `${content} ${view.getUint8(0)}`;
        });
        draw();
        el.append(shown, heard);
      },
    };
    """
    count = traitlets.Int(0).tag(sync=True)


@pytest.mark.parametrize("is_blocking", [False, True], ids=["socket", "stream"])
def test_what_python_says_unasked_is_heard(page: Page, serve: Serve, is_blocking: bool) -> None:
    """No call runs when Python speaks; nothing is asked of it afterwards."""
    made: list[Any] = []

    def make() -> Any:
        made.append(Counter())
        return made[-1]

    with gr.Blocks() as demo:
        gr.AnyWidget(make, label="Counter")
        name = gr.Textbox(label="Name")
        gr.Button("Greet").click(lambda text: f"Hello {text}", name, name)
    port = free_port()
    serve(demo, server_port=port)
    allow(page, NET_ERRORS)
    with Proxy(port, blocks_sockets=is_blocking) as proxy:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        with page.expect_response("**/component_server/"):  # the page has asked what is new
            ready(page, proxy.url)
        shown, heard = page.locator(".shown"), page.locator(".heard")
        expect(shown).to_have_text("0")
        widget = made[-1]  # the session's own
        widget.count = 5
        expect(shown).to_have_text("5")
        widget.send("hello", [b"\xff"])
        expect(heard).to_have_text("hello 255")

        page.get_by_label("Name").fill("Ada")
        page.get_by_role("button", name="Greet").click()
        expect(page.get_by_label("Name")).to_have_value("Hello Ada")
        widget.count = 6
        expect(shown).to_have_text("6")

        proxy.cut()
        widget.count = 7
        expect(shown).to_have_text("7")
        expect(page.get_by_text("Connection Lost. Reconnecting…")).to_be_hidden()
        widget.count = 8
        expect(shown).to_have_text("8")
        assert any("hold=1" in url for url in asked) == is_blocking
