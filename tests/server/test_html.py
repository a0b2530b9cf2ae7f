"""HTML over the wire: its own props in updates, all props as inputs, its server functions."""

from __future__ import annotations

from typing import Any

import pytest

import limelight as gr
from tests.server.harness import in_process, make_app


class Rating(gr.HTML):
    """With a constructor of its own, which gives more than it is given."""

    def __init__(self, value: Any = 0, *, size: int = 10, **props: Any) -> None:
        super().__init__(value, label="Rating", size=size, **props)


@pytest.mark.parametrize(
    ("returned", "sent"),
    [
        (gr.update(size=20), {"props": {"size": 20}}),
        (gr.update(size=20, label="L"), {"props": {"size": 20}, "label": "L"}),
        (gr.update(size=None), {"props": {"size": None}}),
        (gr.update(value=3, colour="red"), {"value": 3, "props": {"colour": "red"}}),
        (gr.update(label=None), {"label": None}),
    ],
)
async def test_an_update_sends_what_it_names(returned: Any, sent: dict[str, Any]) -> None:
    with gr.Blocks() as demo:
        rating = Rating(4)
        gr.Button().click(lambda: returned, None, rating, api_name="grow")
    async with in_process(make_app(demo)) as client:
        answer = await client.post("/gradio_api/run/grow", json={"data": []})
    assert answer.json()["data"] == [{"__type__": "update", **sent}]


async def test_a_function_gets_all_props_where_it_wants_them() -> None:
    def grow(rating: Rating, other: int) -> Any:
        seen: Any = rating
        seen.size += other
        return seen, [seen.value, seen.props]

    with gr.Blocks() as demo:
        rating = Rating(4)
        gr.Button().click(grow, [rating, gr.Number()], [rating, gr.JSON()], api_name="grow")
    shown = {"value": 5, "props": {"size": 11}, "js_on_load": 1, "__class__": 2, "new": 3}
    async with in_process(make_app(demo)) as client:
        for given, value in ((shown, 5), (7, 7)):
            answer = await client.post("/gradio_api/run/grow", json={"data": [given, 2]})
            size = 11 if given == shown else 10
            assert answer.json()["data"] == [
                {"__type__": "update", "props": {"size": size + 2}},
                [value, {"size": size}],
            ]


async def test_only_functions_that_are_offered_can_be_called() -> None:
    def plus(a: int, b: int) -> int:
        return a + b

    with gr.Blocks() as demo:
        html = gr.HTML(server_functions=[plus])
        gr.HTML()
    async with in_process(make_app(demo)) as client:

        async def call(fn: str, block: int = html.block_id) -> tuple[int, Any]:
            sent = {"component_id": block, "fn_name": fn, "session_hash": "s", "data": [1, 2]}
            answer = await client.post("/gradio_api/component_server", json=sent)
            return answer.status_code, answer.json()

        assert await call("plus") == (200, 3)
        for name in ("", "postprocess", "__init__", "offered_functions", "__class__"):
            assert (await call(name))[0] == 404
        assert (await call("plus", html.block_id + 1))[0] == 404
        assert (await call("plus", 99))[0] == 404


class Price(gr.Number):
    """With a constructor that changes what it is given."""

    def __init__(self, value: float = 0, label: str = "Price", **props: Any) -> None:
        super().__init__(value + 100, label=f"{label}!", info="In cents.", **props)


@pytest.mark.parametrize(
    ("returned", "sent"),
    [(gr.update(value=3), {"value": 3}), (gr.update(label="Cost"), {"label": "Cost!"})],
)
async def test_a_constructor_of_the_authors_own_makes_the_props(
    returned: Any, sent: dict[str, Any]
) -> None:
    with gr.Blocks() as demo:
        price = Price()
        gr.Button().click(lambda: returned, None, price, api_name="change")
    async with in_process(make_app(demo)) as client:
        answer = await client.post("/gradio_api/run/change", json={"data": []})
    assert answer.json()["data"] == [{"__type__": "update", **sent}]
