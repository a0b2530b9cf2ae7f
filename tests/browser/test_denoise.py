"""The example that takes noise out of pictures: its steps, its stop button, its batches."""

from __future__ import annotations

import io
import logging
import queue
import re
import runpy
import threading
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from gradio_client import Client, handle_file
from gradio_client.utils import Status
from PIL import Image
from playwright.sync_api import expect

from tests.browser.harness import ROOT, assert_fits, assert_no_barriers, idle, picture, ready, until

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from limelight.app.blocks import Blocks
    from tests.browser.harness import Serve, Visit

SAMPLES = ROOT / "examples" / "samples"
NOISY = SAMPLES / "noisy_harbour.jpg"
CLEAN = SAMPLES / "harbour.jpg"
STEPS_MS = 60_000
PATIENCE_S = 20
PHONE = {"width": 360, "height": 740}

WATCH = """() => {
  window.watched = { pictures: new Set(), fractions: new Set() };
  const look = () => {
    const shown = document.querySelectorAll('[data-testid="image"] img');
    if (shown.length > 1) window.watched.pictures.add(shown[1].src);
    for (const bar of document.querySelectorAll('[role="progressbar"][aria-valuenow]'))
      window.watched.fractions.add(Number(bar.getAttribute("aria-valuenow")));
  };
  new MutationObserver(look).observe(document.body,
    { subtree: true, childList: true, attributes: true });
}"""


class Endings(logging.Handler):
    """What the example writes into its log when a call ends: the step, and of how many."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: queue.Queue[Any] = queue.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.put(record.args)

    def next_of(self, steps: int) -> int:
        """Wait for the next one of so many steps: the step it ended at.

        Passes over others: a call that an earlier test's page left ends when its turn comes.
        """
        while True:
            step, of = cast("tuple[int, int]", self.heard.get(timeout=PATIENCE_S))
            if of == steps:
                return step


@pytest.fixture
def endings() -> Iterator[Endings]:
    """How calls ended."""
    log = logging.getLogger("denoise")
    handler, level = Endings(), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield handler
    log.removeHandler(handler)
    log.setLevel(level)


@pytest.fixture(scope="module")
def app() -> dict[str, Any]:
    """The names of the example."""
    return runpy.run_path(str(ROOT / "examples" / "denoise.py"), run_name="denoise")


@pytest.fixture(scope="module")
def url(app: dict[str, Any], serve: Serve) -> str:
    """The example, in this process, so that its log can be read."""
    return serve(cast("Blocks", app["demo"]))


def choose(page: Page, file: Path) -> None:
    """Upload a picture by the file dialog."""
    page.on("filechooser", lambda _: None)  # from now on Chromium hands dialogs over
    with page.expect_file_chooser() as chosen:
        page.get_by_role("button", name="Click to upload or drop files").first.click()
    chosen.value.set_files(file)
    expect(page.get_by_role("button", name="Remove Image").first).to_be_visible()


def set_number(page: Page, label: str, value: int) -> None:
    """Type into the number beside a slider."""
    number = page.get_by_label(f"number input for {label}", exact=True)
    number.fill(str(value))
    number.press("Enter")


def how_far(page: Page) -> Locator:
    """What the example says of its steps."""
    return page.get_by_label("How far")


def pixels(page: Page) -> np.ndarray[Any, Any]:
    """The picture that came out, as the download button gives it."""
    link = page.get_by_test_id("download-link").last
    body = page.request.get(str(link.evaluate("(link) => link.href"))).body()
    return np.asarray(Image.open(io.BytesIO(body)).convert("RGB"), dtype=np.float32)


def psnr(shown: np.ndarray[Any, Any], file: Path) -> float:
    """Peak signal-to-noise ratio in dB, against a picture without noise."""
    clean = np.asarray(Image.open(file).convert("RGB"), dtype=np.float32)
    return float(10 * np.log10(255**2 / np.mean((shown - clean) ** 2)))


def watched(page: Page, what: str) -> list[Any]:
    """What `WATCH` has seen."""
    return list(page.evaluate(f"() => [...window.watched.{what}]"))


@pytest.mark.timeout(180)
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_a_picture_gets_better_step_by_step(
    visit: Visit, url: str, scheme: str, size: dict[str, int] | None, endings: Endings
) -> None:
    page = ready(visit(color_scheme=scheme, **({"viewport": size} if size else {})), url)
    name = f"denoise-{scheme}-{'360' if size else '1280'}"
    picture(page, f"{name}-empty")
    choose(page, NOISY)
    page.evaluate(WATCH)
    page.get_by_role("button", name="Denoise").click()
    expect(how_far(page)).to_have_value(re.compile("Step 100 of 100"), timeout=STEPS_MS)
    idle(page, STEPS_MS)
    assert endings.next_of(100) == 100
    assert len(watched(page, "pictures")) > 2
    assert len(watched(page, "fractions")) > 2
    before = psnr(np.asarray(Image.open(NOISY).convert("RGB"), dtype=np.float32), CLEAN)
    assert psnr(pixels(page), CLEAN) > before + 6
    assert_fits(page)
    picture(page, name)
    assert_no_barriers(page)


@pytest.mark.timeout(180)
def test_an_example_brings_its_original_along(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("grid").get_by_role("row").nth(1).click()
    expect(page.get_by_role("button", name="Remove Image").first).to_be_visible()
    page.get_by_role("button", name="Denoise").click()
    expect(how_far(page)).to_have_value(re.compile("PSNR 18.2 → 3"), timeout=STEPS_MS)
    idle(page, STEPS_MS)


@pytest.mark.timeout(180)
def test_stopping_keeps_the_picture_and_ends_the_function(
    page: Page, url: str, endings: Endings
) -> None:
    ready(page, url)
    choose(page, NOISY)
    set_number(page, "Steps", 400)
    page.evaluate(WATCH)
    page.get_by_role("button", name="Denoise").click()
    until(page, "() => window.watched.pictures.size > 2")
    page.get_by_role("button", name="Stop").click()
    idle(page, STEPS_MS)
    assert 0 < endings.next_of(400) < 400
    kept = how_far(page).input_value()
    assert psnr(pixels(page), CLEAN) > 20
    page.get_by_role("button", name="Denoise").click()  # its place in the queue is free
    expect(how_far(page)).not_to_have_value(kept)
    page.get_by_role("button", name="Stop").click()
    idle(page, STEPS_MS)


@pytest.mark.timeout(180)
def test_starting_without_a_picture_is_explained(page: Page, url: str) -> None:
    ready(page, url)
    page.get_by_role("button", name="Denoise").click()
    expect(page.get_by_test_id("toast-title")).to_have_text("No picture")


# ---- together with others ------------------------------------------------------------------------


class Gate:
    """Holds what the batches do until it is opened, and counts the batches."""

    def __init__(self, app: dict[str, Any]) -> None:
        self.scope = app["denoise_together"].__globals__
        self.fitted = self.scope["fitted"]
        self.is_open = threading.Event()
        self.has_begun = threading.Event()

    def __enter__(self) -> Gate:
        self.scope["fitted"] = self.hold
        return self

    def __exit__(self, *_: object) -> None:
        self.is_open.set()
        self.scope["fitted"] = self.fitted

    def hold(self, given: Any) -> Any:
        """What stands in for the example's own function."""
        self.has_begun.set()
        assert self.is_open.wait(PATIENCE_S)
        return self.fitted(given)


def wait_in_queue(jobs: list[Any]) -> None:
    """Wait until the server has taken all of them into its queue."""
    pause = threading.Event()
    for job in jobs:
        for _ in range(PATIENCE_S * 20):
            if job.status().code == Status.IN_QUEUE:
                break
            pause.wait(0.05)
        else:
            raise AssertionError(f"It does not wait: {job.status()}")


@pytest.mark.timeout(180)
def test_pictures_that_wait_are_taken_together(page: Page, url: str, app: dict[str, Any]) -> None:
    ready(page, url)
    page.get_by_role("tab", name="Together with others").click()
    choose(page, NOISY)
    clients = [Client(url, verbose=False) for _ in range(3)]
    with Gate(app) as gate:
        page.get_by_role("button", name="Denoise").click()
        assert gate.has_begun.wait(PATIENCE_S)
        jobs = [
            client.submit(handle_file(str(NOISY)), strength, api_name="/denoise_together")
            for client, strength in zip(clients, (0.2, 0.5, 1), strict=True)
        ]
        wait_in_queue(jobs)
        gate.is_open.set()
        results = [job.result(timeout=PATIENCE_S) for job in jobs]
    for client in clients:
        client.close()
    notes = [note for _, note in results]
    assert all(note.startswith("3 pictures were taken together.") for note in notes), notes
    shown = [np.asarray(Image.open(file).convert("RGB"), np.float32) for file, _ in results]
    assert psnr(shown[0], CLEAN) < psnr(shown[1], CLEAN) < psnr(shown[2], CLEAN)
    expect(page.get_by_label("How it was taken")).to_have_value(re.compile("It was taken alone."))
    idle(page, STEPS_MS)
    picture(page, "denoise-together")
    assert_no_barriers(page)
