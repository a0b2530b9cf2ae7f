"""The first page: what Limelight is, and a few small apps that are at work."""

from __future__ import annotations

import random
import time
from html import escape
from math import exp
from typing import TYPE_CHECKING, Any

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gallery_parts.cards import Group


def draw(groups: Sequence[Group]) -> None:
    """Draw what is on the page."""
    count = sum(len(group.cards) for group in groups)
    gr.HTML(_hero(count), js_on_load=None, apply_default_css=False)
    with gr.Row(elem_classes="g-bento"):
        for shown in ((mood,), (hotel, figures), (agent, settings)):
            with gr.Column(min_width=280):
                for app in shown:
                    with gr.Column(elem_classes="g-tile"):
                        app()
    gr.HTML(_tiles(groups), js_on_load=None, apply_default_css=False)


def _hero(count: int) -> str:
    return f"""
    <header class="g-hero">
      <p class="tag"><span>{count} live examples ·</span> <span>no JavaScript ·</span>
      <span>nothing leaves your machine</span></p>
      <h1>A Python function becomes a page.</h1>
      <p>Everything here is live: each component calls the Python that stands beside it.
      The gallery itself is an app of Limelight.</p>
      <p class="calls"><a class="lg primary" href="text">Look around</a>
      <a class="lg secondary" href="docs?page=guides/getting-started">Get started</a></p>
    </header>
    """


def _tiles(groups: Sequence[Group]) -> str:
    tiles = "".join(
        f'<li><a href="{group.path}"><h3>{escape(group.title)}</h3><p>{escape(group.lead)}</p>'
        f"<small>{escape(', '.join(card.name for card in group.cards))}</small></a></li>"
        for group in groups
    )
    tiles += (
        '<li><a href="docs"><h3>Documentation</h3><p>Guides for what one builds, and a reference '
        "of every component, listener and setting.</p><small>Getting started, Blocks, Streaming, "
        "Chat, Custom components, Production</small></a></li>"
    )
    return f'<h2 class="g-sub">By group</h2><ul class="g-tiles">{tiles}</ul>'


GOOD = {"good", "great", "lovely", "wonderful", "fresh", "love", "fine", "friendly"}
BAD = {"bad", "rude", "cold", "awful", "slow", "hate", "late", "bland"}


def judge(review: str) -> tuple[list[tuple[str, float | None]], dict[str, float]]:
    """Each word with a score, and what all of them make."""
    words = review.split()
    scores = [(w.strip(".,!").lower() in GOOD) - (w.strip(".,!").lower() in BAD) for w in words]
    marked: list[tuple[str, float | None]] = []
    for word, score in zip(words, scores, strict=True):
        marked += [(word, score * 0.8 if score else None), (" ", None)]
    good = 1 / (1 + exp(-sum(scores)))
    return marked, {"glad": good, "cross": 1 - good}


def mood() -> None:
    """A model that answers while one types."""
    first = "The soup was wonderful, the bread fresh, and the waiter friendly, if slow."
    marked, scores = judge(first)
    review = gr.Textbox(first, label="Review", lines=2)
    words = gr.HighlightedText(marked, label="What is heard")
    label = gr.Label(scores, label="Mood")
    review.input(judge, review, [words, label], show_progress="hidden", trigger_mode="always_last")


def settings() -> None:
    """Switches that a function hears."""
    with gr.Group():
        share = gr.Switch(True, label="Let others see it")
        mail = gr.Switch(label="Write me a mail")
        often = gr.SegmentedControl(["Daily", "Weekly"], value="Weekly", label="How often")
    said = gr.Markdown("Seen by others, no mail.")

    @gr.on([share.input, mail.input, often.input], inputs=[share, mail, often], outputs=said)
    def sum_up(share, mail, often):
        return (
            f"{'Seen by others' if share else 'Private'}, {often.lower() if mail else 'no'} mail."
        )


def hotel() -> None:
    """A form, and what it finds."""
    town = gr.Dropdown(["Kyoto", "Lisbon", "Ljubljana"], value="Lisbon", label="Town")
    price = gr.RangeSlider(20, 400, (60, 180), step=5, label="Price per night")
    stars = gr.Rating(4, label="At least")
    search = gr.Button("Search", variant="primary")
    found = gr.Markdown("**12 rooms** in Lisbon, from 65 euros.")

    @search.click(inputs=[town, price, stars], outputs=found)
    def look(town, price, stars):
        low, high = price
        rooms = int((high - low) / (3 + 2 * (stars or 0)))
        return f"**{rooms} rooms** in {town}, from {low + 5:g} euros."


def figures() -> None:
    """A figure that is measured again and again."""
    latency = [212, 208, 219, 204, 197, 201, 188, 194, 187, 190, 183, 188]

    def measure() -> dict[str, Any]:
        latency.append(min(max(latency[-1] + random.randint(-12, 12), 140), 260))
        del latency[:-24]
        return {"value": latency[-1], "delta": latency[-1] - latency[-2], "trend": latency}

    speed = gr.Metric(
        188, label="Latency", suffix="ms", delta=5, delta_color="inverse", trend=latency
    )
    gr.Timer(2).tick(measure, None, speed, show_progress="hidden")


def agent() -> None:
    """Work that takes a while, and says how far it is."""
    plan = gr.TaskList(
        [
            {"title": "Read the question", "status": "done"},
            {"title": "Look for sources", "description": "Books and journals"},
            {"title": "Write the answer"},
        ],
        label="The agent's plan",
    )
    go = gr.Button("Go on", variant="primary")

    @go.click(inputs=plan, outputs=plan, show_progress="hidden")
    def work(tasks):
        for task in tasks[1:]:
            task["status"] = "running"
            for part in range(21):
                task["progress"] = part / 20
                yield tasks
                time.sleep(0.05)
            task.update(status="done", duration=1)
        yield tasks
