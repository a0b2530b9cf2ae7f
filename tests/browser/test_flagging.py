"""Flag buttons: what the reader sees while a row is stored, and what is in the file afterwards."""

from __future__ import annotations

import csv
import threading
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from tests.browser.harness import assert_no_barriers, eventually, ready

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit


class Slow(gr.CSVLogger):
    """Waits to be let on, so that the button is seen in between."""

    def __init__(self) -> None:
        super().__init__(verbose=False)
        self.may_go = threading.Event()

    def flag(
        self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None
    ) -> int:
        assert self.may_go.wait(30)
        if flag_data[0] == "fail":
            raise RuntimeError("the store is full")
        return super().flag(flag_data, flag_option, username)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("flagged")


@pytest.fixture(scope="module")
def logger() -> Slow:
    return Slow()


@pytest.fixture(scope="module")
def url(serve: Serve, folder: Path, logger: Slow) -> str:
    return serve(
        gr.Interface(
            lambda text: text.upper(),
            gr.Textbox(label="Text"),
            gr.Textbox(label="Result"),
            flagging_options=[("Flag as wrong", "wrong"), ("Not clear", "unclear")],
            flagging_callback=logger,
            flagging_dir=str(folder),
        )
    )


def rows(folder: Path) -> list[list[str]]:
    with (folder / "dataset1.csv").open(newline="") as file:
        return [row[:-1] for row in csv.reader(file)]


def button(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def submit(page: Page, text: str) -> None:
    page.get_by_label("Text", exact=True).fill(text)
    button(page, "Submit").click()
    expect(page.get_by_label("Result")).to_have_value(text.upper())


def test_a_result_is_flagged_with_the_chosen_reason(
    page: Page, url: str, folder: Path, logger: Slow
) -> None:
    logger.may_go.clear()
    submit(ready(page, url), "=hello")
    button(page, "Flag as wrong").click()
    expect(button(page, "Saving...")).to_be_disabled()
    expect(button(page, "Not clear")).to_be_enabled()
    logger.may_go.set()
    expect(button(page, "Flag as wrong")).to_be_enabled()
    logger.may_go.clear()
    button(page, "Not clear").click()
    expect(button(page, "Saving...")).to_be_disabled()
    logger.may_go.set()
    expect(button(page, "Not clear")).to_be_enabled()
    flagged = [["'=hello", "'=HELLO", reason] for reason in ("wrong", "unclear")]
    made = rows(folder)
    assert made[0] == ["Text", "Result", "flag"]
    assert made[-2:] == flagged


def test_a_failure_is_told_and_the_button_works_again(page: Page, url: str, logger: Slow) -> None:
    logger.may_go.set()
    submit(ready(page, url), "fail")
    button(page, "Flag as wrong").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("The row was not saved.")
    expect(button(page, "Error!")).to_be_enabled()
    button(page, "Clear").click()
    expect(button(page, "Flag as wrong")).to_be_enabled()


def test_every_result_is_kept_without_a_click(page: Page, serve: Serve, tmp_path: Path) -> None:
    def shout(text: str) -> str:
        if text == "fail":
            raise gr.Error("No.")
        return text.upper()

    text, result = gr.Textbox(label="Text"), gr.Textbox(label="Result")
    folder = str(tmp_path)
    ready(page, serve(gr.Interface(shout, text, result, flagging_mode="auto", flagging_dir=folder)))
    submit(page, "one")
    page.get_by_label("Text", exact=True).fill("fail")
    button(page, "Submit").click()
    expect(page.get_by_test_id("toast-body")).to_contain_text("No.")
    submit(page, "two")
    eventually(page, lambda: len(rows(tmp_path)) == 3)
    assert rows(tmp_path) == [["Text", "Result"], ["one", "ONE"], ["two", "TWO"]]


def test_flag_buttons_are_no_barrier(visit: Visit, url: str, scheme: str, logger: Slow) -> None:
    logger.may_go.clear()
    page = ready(visit(color_scheme=scheme), url)
    assert_no_barriers(page)
    button(page, "Not clear").click()
    expect(button(page, "Saving...")).to_be_disabled()
    assert_no_barriers(page)
    logger.may_go.set()
    expect(button(page, "Not clear")).to_be_enabled()
