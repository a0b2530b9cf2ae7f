"""The gallery shows every component, and its code runs as it is shown."""

from __future__ import annotations

import inspect
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight import catalog
from limelight.core.block import Block
from tests.rules.modules import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_ON_A_PAGE = {"Blocks", "ChatThreads", "TabbedInterface"}
"""Whole apps, and what is of use in one only."""


@pytest.fixture(scope="module")
def cards() -> Iterator[list[Any]]:
    """All cards of the gallery."""
    folder = str(ROOT / "examples")
    sys.path.insert(0, folder)
    try:
        from gallery_parts.pages import (  # type: ignore[import-not-found]  # pyright: ignore[reportMissingImports]
            GROUPS,
        )

        yield [card for group in GROUPS for card in group.cards]
    finally:
        sys.path.remove(folder)


def test_every_component_is_shown(cards: list[Any]) -> None:
    shown = {name for card in cards for name in re.findall(r"\bgr\.(\w+)\(", card.code)}
    shown_classes = {getattr(gr, name) for name in shown} | {card.about for card in cards}
    wanted = {
        name: getattr(gr, name)
        for name in catalog.NAMES
        if inspect.isclass(getattr(gr, name)) and issubclass(getattr(gr, name), Block)
    }
    missing = [
        name
        for name, cls in wanted.items()
        if cls not in shown_classes and name not in NOT_ON_A_PAGE
    ]
    assert missing == [], "put a function for each into examples/gallery_parts/pages/"


def test_no_two_cards_stand_at_the_same_place(cards: list[Any]) -> None:
    places = [card.href for card in cards]
    assert sorted(set(places)) == sorted(places)


def test_a_card_says_what_it_shows(cards: list[Any]) -> None:
    assert [card.name for card in cards if not card.summary.endswith((".", ":"))] == []


def test_code_fits_beside_what_it_draws(cards: list[Any]) -> None:
    wide = {card.name: max(map(len, card.code.splitlines())) for card in cards}
    assert {name: width for name, width in wide.items() if width > 64} == {}


def test_code_runs_as_it_is_shown(cards: list[Any]) -> None:
    for card in cards:
        with gr.Blocks() as demo:
            exec(card.code, {"gr": gr, "SAMPLES": ROOT / "examples" / "samples"})
        assert demo.get_config_file()["components"], card.name
