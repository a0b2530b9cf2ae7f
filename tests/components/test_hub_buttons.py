"""DuplicateButton and LoginButton: what they look like, and what a click does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.context import current_reporter

if TYPE_CHECKING:
    from collections.abc import Callable


class _Reporter:
    def __init__(self) -> None:
        self.said: list[str] = []

    def log(self, message: str, **_: Any) -> None:
        self.said.append(message)


def _said(function: Callable[[], None] | None) -> str:
    """What the function of a listener says to the reader."""
    assert function is not None
    reporter = _Reporter()
    token = current_reporter.set(reporter)  # type: ignore[arg-type]  # speaks, and no more
    try:
        function()
    finally:
        current_reporter.reset(token)
    (said,) = reporter.said
    return said


def test_they_are_drawn_as_buttons() -> None:
    duplicate, login = gr.DuplicateButton(), gr.LoginButton()
    assert (duplicate.value, duplicate.variant, duplicate.size, duplicate.scale) == (
        "Duplicate Space",
        "huggingface",
        "sm",
        0,
    )
    assert (login.value, login.logout_value, login.variant, login.size) == (
        "Sign in with Hugging Face",
        "Logout ({})",
        "huggingface",
        "lg",
    )
    assert login.wire_props()["icon"].orig_name == "huggingface-logo.svg"
    assert gr.LoginButton(icon=None).wire_props().get("icon") is None
    for made in (duplicate, login):
        assert (made.tag, made.wire_props()["name"], made.skip_api) == ("button", "button", True)
        assert list(made.events) == ["change", "click"]


def test_a_space_is_duplicated_on_its_own_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACE_ID", "ada/engine")
    with gr.Blocks() as demo:
        gr.DuplicateButton()
    (listener,) = demo.graph_.listeners.values()
    assert listener.fn is None
    assert '"https://huggingface.co/spaces/ada/engine?duplicate=true"' in str(listener.js)
    assert listener.api_visibility == "private"


@pytest.mark.parametrize("space", ["", '"; alert(1)//', "a/b?c"])
def test_elsewhere_it_says_that_there_is_nothing_to_duplicate(
    space: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPACE_ID", space)
    with gr.Blocks() as demo:
        gr.DuplicateButton()
    (listener,) = demo.graph_.listeners.values()
    assert listener.js is None
    assert "nothing to duplicate" in _said(listener.fn)


def test_a_click_on_log_in_says_that_it_cannot_be_done_yet() -> None:
    with gr.Blocks() as demo:
        gr.LoginButton()
    (listener,) = demo.graph_.listeners.values()
    assert "cannot log anybody in" in _said(listener.fn)
    assert listener.api_visibility == "private"


def test_one_with_an_address_only_leads_there() -> None:
    with gr.Blocks() as demo:
        gr.LoginButton(link="/login")
        gr.DuplicateButton(link="https://example.com")
        gr.DuplicateButton(_activate=False)
    assert not demo.graph_.listeners
