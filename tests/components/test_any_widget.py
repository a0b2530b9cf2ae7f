"""AnyWidget: a widget for each session, its traits as a value, what page and Python say."""

from __future__ import annotations

import asyncio
import copy
from typing import Any

import pytest

from limelight.app.blocks import Blocks
from limelight.components.any_widget.any_widget import AnyWidget
from limelight.components.button.button import Button
from limelight.components.textbox.textbox import Textbox
from limelight.errors import PayloadError, PropError, ValueRejected
from tests.server.harness import in_process, make_app

anywidget: Any = pytest.importorskip("anywidget")
traitlets: Any = pytest.importorskip("traitlets")

PACKED = {"_type": "bytes", "base64": "AP8="}


class Counter(anywidget.AnyWidget):  # type: ignore[misc]  # untyped where it is not installed
    """Counts, notes what its observer saw, and answers messages."""

    _esm = "export default { render() {} };"
    _css = "b { color: red }"
    count = traitlets.Int(1, help="How often.").tag(sync=True)
    blob = traitlets.Bytes(b"\x00\xff").tag(sync=True)
    nested = traitlets.Dict().tag(sync=True)
    hidden = traitlets.Int(0)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.seen: list[int] = []
        self.observe(self._note, "count")
        self.on_msg(self._answer)

    def _note(self, change: Any) -> None:
        self.seen.append(change.new)

    def _answer(self, _: Any, content: Any, buffers: list[memoryview]) -> None:
        self.send({"back": content}, [bytes(buffer)[::-1] for buffer in buffers])


class Session:
    """One session's view of a component, as the runtime makes it."""

    def __init__(self, block: AnyWidget) -> None:
        self.live = block.open_session()
        self.block = copy.copy(block)
        self.block.enter_session(self.live)
        self.signs = 0
        self.at = -1

    def open(self) -> Any:
        """As a page that shows the widget."""
        self.block.tell_page(self._sign)
        return self.say()

    def _sign(self) -> None:
        self.signs += 1

    def say(self, *messages: Any) -> Any:
        """Exchange messages."""
        answer = self.block.exchange({"after": self.at, "messages": list(messages)})
        self.at = answer["at"]
        return answer

    @property
    def widget(self) -> Any:
        """The session's own."""
        return self.live.widget


def update(**state: Any) -> dict[str, Any]:
    """What the page says when traits changed."""
    return {"method": "update", "state": state}


@pytest.mark.parametrize("given", [Counter(count=4), Counter, lambda: Counter(count=4)])
def test_each_session_has_a_widget_of_its_own(given: Any) -> None:
    block = AnyWidget(given)
    one, other = Session(block), Session(block)
    one.open()
    one.say(update(count=7))
    assert (one.widget.count, one.widget.seen) == (7, [7])
    assert other.widget.count in (1, 4)
    assert other.widget.seen == []
    assert block.initial_value.seen == []
    assert one.widget is not other.widget


def test_observers_of_a_given_widget_hear_each_session() -> None:
    template = Counter()
    heard: list[Any] = []
    template.observe(lambda change: heard.append((change.owner, change.new)), "count")
    session = Session(AnyWidget(template))
    session.open()
    session.say(update(count=3))
    assert heard == [(session.widget, 3)]
    assert template.count == 1


def test_a_page_that_opens_gets_all_traits_and_nothing_of_jupyters() -> None:
    answer = Session(AnyWidget(Counter(nested={"a": [b"\x00\xff"]}))).open()
    assert answer["state"] == {"count": 1, "blob": PACKED, "nested": {"a": [PACKED]}}
    assert answer["messages"] == []


def test_what_python_sets_is_told_once_and_not_said_back() -> None:
    session = Session(AnyWidget(Counter))
    session.open()
    assert session.say(update(count=2))["messages"] == []
    session.widget.count = 5
    session.widget.nested = {"deep": [b"\x00\xff"]}
    assert session.signs == 1
    answer = session.say()
    assert [message for _, message in answer["messages"]] == [
        update(count=5),
        update(nested={"deep": [PACKED]}),
    ]
    assert session.say()["messages"] == []


def test_bytes_come_exactly_and_as_the_trait_wants_them() -> None:
    session = Session(AnyWidget(Counter))
    session.open()
    session.say(update(blob={"_type": "bytes", "base64": "/wA="}, nested={"x": PACKED}))
    assert session.widget.blob == b"\xff\x00"
    assert bytes(session.widget.nested["x"]) == b"\x00\xff"


def test_messages_with_buffers_go_both_ways() -> None:
    session = Session(AnyWidget(Counter))
    session.open()
    answer = session.say({"method": "custom", "content": {"q": 1}, "buffers": [PACKED]})
    [(_, message)] = answer["messages"]
    back = {"_type": "bytes", "base64": "/wA="}
    assert message == {"method": "custom", "content": {"back": {"q": 1}}, "buffers": [back]}


def test_what_a_trait_refuses_is_put_right_on_the_page() -> None:
    session = Session(AnyWidget(Counter(count=4)))
    session.open()
    answer = session.say(update(count="many"))
    assert "expected an int" in answer["errors"][0]
    assert [message for _, message in answer["messages"]] == [update(count=4)]


def test_a_page_can_set_shared_traits_only() -> None:
    session = Session(AnyWidget(Counter))
    before = session.open()["state"]
    session.say(update(_esm="evil", hidden=9, _model_name="x", comm=None, layout="IPY_MODEL_1"))
    assert "render" in session.widget._esm
    assert session.widget.hidden == 0
    assert session.say()["state"] is None
    assert Session(AnyWidget(Counter)).open()["state"] == before


def test_a_page_that_missed_messages_gets_the_whole_state(monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(AnyWidget(Counter))
    session.open()
    session.live._said = type(session.live._said)(maxlen=2)
    for number in range(5, 10):
        session.widget.count = number
    answer = session.say()
    assert (answer["state"]["count"], answer["messages"]) == (9, [])
    session.live.close()


def test_functions_get_the_widget_or_its_traits() -> None:
    session = Session(AnyWidget(Counter))
    session.open()
    assert session.block.preprocess({"count": 1, "_live": 0}) is session.widget
    assert session.block.preprocess({"count": 6}).count == 6
    traits = Session(AnyWidget(Counter, type="dict")).block.preprocess(None)
    assert traits == {"count": 1, "blob": b"\x00\xff", "nested": {}}
    with pytest.raises(PayloadError, match="expected an int"):
        session.block.preprocess({"count": "x"})
    with pytest.raises(PayloadError, match="expected an object of traits"):
        session.block.preprocess([1])


def test_functions_give_traits_or_a_widget() -> None:
    session = Session(AnyWidget(Counter))
    block = session.block
    whole = {"count": 1, "blob": PACKED, "nested": {}}
    assert block.postprocess(None) == whole
    assert block.postprocess({"count": 5}) == {**whole, "count": 5}
    assert block.postprocess(Counter(count=8)) == {**whole, "count": 8}
    session.widget.count = 9
    assert block.postprocess(session.widget)["count"] == 9
    session.open()
    assert block.postprocess({"count": 2})["_live"] == session.live.state_at
    with pytest.raises(ValueRejected, match="'cuont', which is no trait of Counter"):
        block.postprocess({"cuont": 5})
    with pytest.raises(ValueRejected, match="expected a widget or a dictionary"):
        block.postprocess(5)


def test_what_is_no_widget_is_refused() -> None:
    with pytest.raises(PropError, match="expected a widget that has a browser half"):
        AnyWidget(5)
    with pytest.raises(PropError, match="expected a widget that has a browser half"):
        AnyWidget(lambda: 5)
    with pytest.raises(PropError, match="given no widget"), Blocks():
        AnyWidget()


def test_a_module_of_another_host_is_refused() -> None:
    class Far(anywidget.AnyWidget):  # type: ignore[misc]  # untyped where it is not installed
        _esm = "https://cdn.example/widget.js"

    with (
        pytest.raises(PropError, match=r"Far\._esm is 'https://cdn.example/widget.js', on another"),
        Blocks(),
    ):
        AnyWidget(Far)


def test_the_schema_is_that_of_the_traits() -> None:
    assert AnyWidget(Counter).api_info() == {
        "type": "object",
        "properties": {
            "blob": {},
            "count": {"type": "integer", "description": "How often."},
            "nested": {"type": "object"},
        },
    }


def test_a_closed_session_closes_its_widget() -> None:
    session = Session(AnyWidget(Counter))
    widget = session.widget
    session.live.close()
    assert widget.comm is None


def _demo() -> Blocks:
    with Blocks() as demo:
        widget, out = AnyWidget(Counter(count=4)), Textbox()
        Button().click(lambda w: f"{w.count} {w.seen}", widget, out, api_name="read")
        Button().click(lambda: {"count": 40}, None, widget, api_name="write")
    return demo


async def test_sessions_are_apart_and_clients_send_traits() -> None:
    app = make_app(_demo())
    block_id = next(
        b.block_id for b in app.state.site.graph.blocks.values() if b.tag == "anywidget"
    )
    async with in_process(app) as client:

        async def exchange(session: str, after: int, *messages: Any) -> Any:
            data = {"after": after, "messages": messages}
            body = {"component_id": block_id, "fn_name": "exchange", "session_hash": session}
            answer = await client.post("/gradio_api/component_server", json={**body, "data": data})
            assert answer.status_code == 200, answer.text
            return answer.json()

        async def call(name: str, session: str, *data: Any) -> Any:
            body = {"data": data, "session_hash": session}
            answer = await client.post(f"/gradio_api/run/{name}", json=body)
            assert answer.status_code == 200, answer.text
            return answer.json()["data"][0]

        await exchange("a", -1)
        await exchange("a", 0, update(count=7))
        assert await call("read", "a", {"count": 7, "_live": 0}) == "7 [7]"
        assert await call("read", "b", {"count": 9}) == "9 [9]"
        assert (await call("write", "a"))["count"] == 40
        await asyncio.sleep(0)
        runtime = app.state.site.runtime
        signs = [e.event_id for e in runtime.sessions.find("a", None).outbox.after(0)]
        assert signs == [f"block-{block_id}"]
        assert (await exchange("a", 0))["messages"] == [[1, update(count=40)]]
        assert (await exchange("b", -1))["state"]["count"] == 9


@pytest.mark.parametrize("data", [None, 5, {"after": "x"}, {"after": 0, "messages": {}}])
async def test_a_page_that_says_nothing_sensible_is_refused(data: Any) -> None:
    app = make_app(_demo())
    body = {"component_id": 1, "fn_name": "exchange", "session_hash": "a", "data": data}
    async with in_process(app) as client:
        answer = await client.post("/gradio_api/component_server", json=body)
        assert answer.status_code == 400, answer.text
        assert "The page said" in answer.json()["detail"]


@pytest.mark.parametrize("message", [None, 5, {}, {"method": "update"}, {"method": "custom"}])
def test_messages_that_make_no_sense_change_nothing(message: Any) -> None:
    session = Session(AnyWidget(Counter))
    before = session.open()["state"]
    assert len(session.say(message)["errors"]) == 1
    session.at = -1
    assert session.say()["state"] == before


async def test_the_browser_half_is_served_by_its_content() -> None:
    app = make_app(_demo())
    async with in_process(app) as client:
        props = next(
            c["props"]
            for c in (await client.get("/config")).json()["components"]
            if c["type"] == "anywidget"
        )
        answer = await client.get("/" + props["_esm"])
        assert answer.text == Counter._esm
        assert answer.headers["content-type"].startswith("text/javascript")
        assert "immutable" in answer.headers["cache-control"]
        again = await client.get(
            "/" + props["_esm"], headers={"if-none-match": answer.headers["etag"]}
        )
        assert (again.status_code, again.content) == (304, b"")
        style = await client.get("/" + props["_css"])
        assert style.headers["content-type"].startswith("text/css")
        assert (await client.get("/gradio_api/custom_component/x.js")).status_code == 404
