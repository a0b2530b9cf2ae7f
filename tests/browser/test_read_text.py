"""The examples that come with the project, with their real models, as somebody uses them."""

from __future__ import annotations

import re
import subprocess
import sys
import urllib.request
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.error import URLError

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import free_port
from tests.browser.harness import ROOT, assert_fits, idle, picture, ready, until

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Visit

LETTER = ROOT / "examples" / "samples" / "letter.jpg"
START_S = 60
MODEL_MS = 60_000
PHONE = {"width": 360, "height": 740}


@contextmanager
def running(name: str, log: Path) -> Generator[str]:
    """An example in a process of its own, as `make demo` starts it; gives its address."""
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, ROOT / "examples" / f"{name}.py"],
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONPATH": str(ROOT),
                "HOME": str(log.parent),
                "GRADIO_SERVER_PORT": str(port),
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/"
    try:
        wait_until_served(url, process, log)
        yield url
    finally:
        process.terminate()
        process.wait(20)


def wait_until_served(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Ask until there is an answer; the system waits in between, in `Popen.wait`."""
    for _ in range(START_S * 5):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except URLError:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"The example does not answer:\n{log.read_text()}")


@pytest.fixture(scope="module")
def read_text(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example that reads text in photographs."""
    with running("read_text", tmp_path_factory.mktemp("read_text") / "log") as url:
        yield url


@pytest.fixture(scope="module")
def diagnose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The example with live sliders."""
    with running("diagnose", tmp_path_factory.mktemp("diagnose") / "log") as url:
        yield url


def read_the_letter(page: Page) -> None:
    """Upload the letter by the file dialog, submit, and see its text."""
    page.on("filechooser", lambda _: None)  # from now on Chromium hands dialogs over
    zone = page.get_by_role("button", name="Click to upload or drop files")
    with page.expect_file_chooser() as chosen:
        zone.click()
    chosen.value.set_files(LETTER)
    expect(page.get_by_role("button", name="Remove Image")).to_be_visible()
    page.get_by_role("button", name="Submit").click()
    text = page.get_by_role("textbox", name=re.compile("text", re.IGNORECASE))
    expect(text).to_have_value(re.compile("Notes on the river survey"), timeout=MODEL_MS)
    expect(page.get_by_test_id("image").locator("img")).to_have_count(2)
    idle(page)


@pytest.mark.timeout(180)
def test_text_is_read_in_a_photograph(visit: Visit, read_text: str, scheme: str) -> None:
    page = ready(visit(color_scheme=scheme), read_text)
    picture(page, f"read_text-{scheme}-empty")
    read_the_letter(page)
    for image in page.get_by_test_id("image").locator("img").all():
        until(image, "img => img.naturalWidth > 100")
    picture(page, f"read_text-{scheme}")


@pytest.mark.timeout(180)
def test_text_is_read_on_a_phone(visit: Visit, read_text: str) -> None:
    page = ready(visit(viewport=PHONE, has_touch=True, is_mobile=True), read_text)
    picture(page, "read_text-360-empty")
    read_the_letter(page)
    assert_fits(page)
    picture(page, "read_text-360")


@pytest.mark.timeout(180)
def test_submitting_nothing_is_explained(page: Page, read_text: str) -> None:
    ready(page, read_text)
    page.get_by_role("button", name="Submit").click()
    expect(page.get_by_test_id("toast-title")).to_have_text("No image")


@pytest.mark.timeout(180)
@pytest.mark.parametrize("size", [None, PHONE], ids=["desktop", "phone"])
def test_a_slider_changes_the_diagnosis(
    visit: Visit, diagnose: str, scheme: str, size: dict[str, int] | None
) -> None:
    page = ready(visit(color_scheme=scheme, **({"viewport": size} if size else {})), diagnose)
    answer = page.get_by_test_id("label")
    expect(answer).to_contain_text("%")
    before = answer.inner_text()
    slider = page.get_by_label("range slider for Mean radius")
    slider.focus()
    page.keyboard.press("End")
    expect(page.get_by_test_id("label-output-value")).to_have_text("malignant")
    expect(answer).not_to_have_text(before, use_inner_text=True)
    page.keyboard.press("Home")
    expect(page.get_by_test_id("label-output-value")).to_have_text("benign")
    idle(page)
    picture(page, f"diagnose-{scheme}-{'360' if size else '1280'}")
    assert_fits(page)
