"""Lost, blocked, restarted connections: nothing is lost, nothing runs twice, readers are told."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.conftest import free_port
from tests.browser.harness import allow, ready
from tests.browser.proxy import Proxy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from tests.browser.harness import Serve

NET_ERRORS = r"WebSocket connection to|net::ERR_|Failed to load resource"
WORDS = [f"w{number}" for number in range(60)]
HALF = " ".join(WORDS[:30])
ALL = " ".join(WORDS)
WAIT_S = 20


class Gated:
    """An app whose generator stops half-way until the test lets it go on."""

    def __init__(self) -> None:
        self.port = 0
        self.gate = threading.Event()
        self.finished = threading.Event()
        self.calls: list[str] = []
        with gr.Blocks() as self.demo:
            name = gr.Textbox("Ada", label="Name")
            text = gr.Textbox(label="Text")
            greeting = gr.Textbox(label="Greeting")
            story = gr.Button("Tell").click(self.tell, None, text, concurrency_limit=None)
            gr.Button("Greet").click(self.greet, name, greeting)
            gr.Button("Greet at once").click(self.greet, name, greeting, queue=False)
            gr.Button("Enough").click(None, None, None, cancels=[story])
            story.then(lambda: "told", None, greeting)

    def tell(self) -> Iterator[str]:
        """Words, the second half of them behind the gate."""
        self.calls.append("tell")
        for number in range(1, len(WORDS) + 1):
            if number == 31:
                self.gate.wait(WAIT_S)
            yield " ".join(WORDS[:number])
        self.finished.set()

    def greet(self, name: str) -> str:
        """A greeting."""
        self.calls.append("greet")
        return f"Hello {name}"

    def reset(self) -> None:
        """Ready for the next test."""
        self.gate.clear()
        self.finished.clear()
        self.calls.clear()


@pytest.fixture(scope="module")
def served(serve: Serve) -> Gated:
    """The app, running."""
    app = Gated()
    app.port = free_port()
    serve(app.demo, server_port=app.port)
    return app


@pytest.fixture
def app(served: Gated) -> Iterator[Gated]:
    """The app, with its gate shut and nothing called."""
    served.reset()
    yield served
    served.gate.set()


@pytest.fixture
def proxy(app: Gated) -> Iterator[Proxy]:
    """In front of the app."""
    with Proxy(app.port) as proxy:
        yield proxy


@pytest.fixture
def blocking(app: Gated) -> Iterator[Proxy]:
    """In front of the app, as networks are that know no WebSocket."""
    with Proxy(app.port, blocks_sockets=True) as proxy:
        yield proxy


def text_of(page: Page, label: str, text: str) -> None:
    """Wait until a field shows the text."""
    expect(page.get_by_label(label, exact=True)).to_have_value(text, timeout=WAIT_S * 1000)


def test_a_connection_cut_in_mid_stream_loses_nothing(page: Page, app: Gated, proxy: Proxy) -> None:
    allow(page, NET_ERRORS)
    ready(page, proxy.url)
    page.get_by_role("button", name="Tell").click()
    text_of(page, "Text", HALF)
    proxy.cut()
    app.gate.set()
    text_of(page, "Text", ALL)
    text_of(page, "Greeting", "told")
    assert app.calls == ["tell"]


def test_what_was_said_while_the_connection_was_down_arrives_later(
    page: Page, app: Gated, proxy: Proxy
) -> None:
    allow(page, NET_ERRORS)
    ready(page, proxy.url)
    page.get_by_role("button", name="Tell").click()
    text_of(page, "Text", HALF)
    proxy.down()
    expect(page.get_by_text("Connection Lost. Reconnecting…")).to_be_visible()
    app.gate.set()
    assert app.finished.wait(WAIT_S)
    text_of(page, "Text", HALF)
    proxy.up()
    page.get_by_role("button", name="Reconnect").click()
    text_of(page, "Text", ALL)
    text_of(page, "Greeting", "told")
    expect(page.get_by_text("Connection Lost. Reconnecting…")).to_be_hidden()


def test_a_click_without_a_connection_runs_once_when_there_is_one(
    page: Page, app: Gated, proxy: Proxy
) -> None:
    allow(page, NET_ERRORS)
    ready(page, proxy.url)
    page.get_by_role("button", name="Greet", exact=True).click()
    text_of(page, "Greeting", "Hello Ada")
    proxy.down()
    page.get_by_label("Name").fill("Grace")
    page.get_by_role("button", name="Greet", exact=True).click()
    proxy.up()
    text_of(page, "Greeting", "Hello Grace")
    assert app.calls == ["greet", "greet"]


def test_functions_run_where_sockets_are_blocked(page: Page, app: Gated, blocking: Proxy) -> None:
    allow(page, NET_ERRORS)
    ready(page, blocking.url)
    page.get_by_role("button", name="Greet", exact=True).click()
    text_of(page, "Greeting", "Hello Ada")
    page.get_by_label("Name").fill("Grace")
    page.get_by_role("button", name="Greet at once").click()
    text_of(page, "Greeting", "Hello Grace")
    assert blocking.sockets_asked == 2
    assert app.calls == ["greet", "greet"]
    ready(page, blocking.url)  # the page remembers, and does not ask again
    page.get_by_role("button", name="Greet", exact=True).click()
    text_of(page, "Greeting", "Hello Ada")
    assert blocking.sockets_asked == 2


def test_generators_stream_where_sockets_are_blocked(
    page: Page, app: Gated, blocking: Proxy
) -> None:
    allow(page, NET_ERRORS)
    ready(page, blocking.url)
    page.get_by_role("button", name="Tell").click()
    text_of(page, "Text", HALF)
    blocking.cut()
    app.gate.set()
    text_of(page, "Text", ALL)
    text_of(page, "Greeting", "told")
    assert app.calls == ["tell"]


@pytest.mark.parametrize("way", ["proxy", "blocking"])
def test_a_call_is_cancelled(
    page: Page, app: Gated, way: str, request: pytest.FixtureRequest
) -> None:
    between: Proxy = request.getfixturevalue(way)
    allow(page, NET_ERRORS)
    ready(page, between.url)
    page.get_by_role("button", name="Tell").click()
    text_of(page, "Text", HALF)
    page.get_by_role("button", name="Enough").click()
    expect(page.locator('[data-testid="status-tracker"].generating')).to_have_count(0)
    app.gate.set()
    page.get_by_role("button", name="Greet", exact=True).click()
    text_of(page, "Greeting", "Hello Ada")
    text_of(page, "Text", HALF)
    assert not app.finished.is_set()


def test_a_restarted_server_with_another_app_asks_for_a_reload(page: Page, serve: Serve) -> None:
    def build(name: str) -> gr.Blocks:
        with gr.Blocks() as demo:
            result = gr.Textbox(label="Result")
            gr.Button("Fetch").click(lambda: name, None, result)
        return demo

    allow(page, NET_ERRORS)
    port = free_port()
    first = build("first")
    ready(page, serve(first, server_port=port))
    page.get_by_role("button", name="Fetch").click()
    text_of(page, "Result", "first")
    first.close(verbose=False)
    serve(build("second"), server_port=port)
    expect(page.get_by_text("This app was updated.")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Reload").click()
    page.get_by_role("button", name="Fetch").click()
    text_of(page, "Result", "second")


def test_a_reader_without_network_is_told_so(page: Page, proxy: Proxy) -> None:
    allow(page, NET_ERRORS)
    ready(page, proxy.url)
    page.get_by_role("button", name="Greet", exact=True).click()
    text_of(page, "Greeting", "Hello Ada")
    page.context.set_offline(True)
    proxy.down()
    expect(page.get_by_text("You are offline")).to_be_visible()
    proxy.up()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline")).to_be_hidden()
    page.get_by_label("Name").fill("Grace")
    page.get_by_role("button", name="Greet", exact=True).click()
    text_of(page, "Greeting", "Hello Grace")


@pytest.mark.timeout(120)
def test_twenty_tabs_of_one_browser_stream_at_once(page: Page, app: Gated) -> None:
    url = app.demo.local_url
    assert url is not None
    tabs = [page, *(page.context.new_page() for _ in range(19))]
    for tab in tabs:
        ready(tab, url)
        tab.get_by_role("button", name="Tell").click()
    for tab in tabs:
        text_of(tab, "Text", HALF)
    app.gate.set()
    for tab in tabs:
        text_of(tab, "Text", ALL)
    assert app.calls == ["tell"] * 20
