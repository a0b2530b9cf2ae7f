"""Chromium, apps to open in it, and a page that fails its test when something goes wrong unseen."""

from __future__ import annotations

import os
import shutil
import socket
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.harness import Serve, Visit, Watch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

    from limelight.app.blocks import Blocks


def chromium() -> str:
    """The browser to drive. The headless shell is the same one without a desktop's windows, which
    cost four times what a page does.
    """
    named = os.environ.get("CHROMIUM")
    return named or shutil.which("chromium-headless-shell") or "/usr/bin/chromium"


ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PATIENCE_MS = 10_000
expect.set_options(timeout=PATIENCE_MS)
TEST_S = 90
DESKTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever lies in this folder needs a browser, and time where many share a processor."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(TEST_S))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Serve]:
    """Starts an app and gives its address; what a module started is closed with the module."""
    started: list[Blocks] = []

    def start(demo: Blocks, **options: Any) -> str:
        options = {"server_port": free_port(), "quiet": True, **options}
        demo.launch(prevent_thread_lock=True, **options)
        started.append(demo)
        assert demo.local_url is not None
        return demo.local_url

    yield start
    for demo in started:
        demo.close(verbose=False)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    """Opens watched pages, each in a context of its own; what goes wrong on one fails the test."""
    watches: list[Watch] = []

    def open_page(**options: Any) -> Page:
        given: dict[str, Any] = {"viewport": DESKTOP, "reduced_motion": "reduce", **options}
        context = browser.new_context(**given)
        context.set_default_timeout(PATIENCE_MS)
        watches.append(Watch(context))
        return context.new_page()

    yield open_page
    for watch in watches:
        watch.context.close()
    for watch in watches:
        watch.check()


@pytest.fixture
def page(visit: Visit) -> Page:
    """One watched page of a desktop's size."""
    return visit()


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """Light and dark, for `visit(color_scheme=...)`."""
    return str(request.param)


def free_port() -> int:
    """A port that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
