"""Components that bring their own browser half: its code, its names, its values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from limelight.core.browsercode import browser_code
from limelight.core.component import Component
from limelight.core.props import prop
from limelight.errors import PayloadError, PropError

if TYPE_CHECKING:
    from pathlib import Path

ESM = "export default { render({ el }) { el.textContent = 'x'; } };"
PACKED = {"_type": "bytes", "base64": "AP8="}


class Counter(Component[Any, Any]):
    """Declares props, and no value."""

    count: int = 0
    blob: Any = None

    _esm = ESM
    _css = "b { color: red }"


class Knob(Component[Any, Any]):
    """Declares a value, and says something back."""

    value: float | None = prop(default=None, kw_only=False)
    step: float = 1

    _esm = ESM

    def preprocess(self, payload: Any) -> Any:
        return ("pre", payload)

    def on_message(self, content: Any, buffers: list[memoryview]) -> Any:
        return {"heard": content}, [bytes(buffer) for buffer in buffers]


def test_the_name_follows_from_the_content(tmp_path: Path) -> None:
    file = tmp_path / "half.js"
    file.write_text(ESM)
    by_text = browser_code(ESM, "_esm", "Counter")
    assert by_text is not None
    assert by_text.text == ESM
    assert by_text.url == f"gradio_api/custom_component/{by_text.name}"
    assert by_text == browser_code(file, "_esm", "Counter")
    assert by_text == browser_code(str(file), "_esm", "Counter")
    other = browser_code(ESM + " ", "_esm", "Counter")
    assert other is not None
    assert other.name != by_text.name


def test_a_url_of_this_server_is_left_as_it_is() -> None:
    code = browser_code("/static/half.js", "_esm", "Counter")
    assert code is not None
    assert (code.name, code.url) == ("", "/static/half.js")


@pytest.mark.parametrize("url", ["https://cdn.example/x.js", "http://x.js", "//cdn.example/x.js"])
def test_another_host_is_refused(url: str) -> None:
    with pytest.raises(PropError, match="makes no request to any other host"):
        browser_code(url, "_esm", "Counter")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PropError, match=r"Counter\._esm is the file .*none\.js', which cannot"):
        browser_code(tmp_path / "none.js", "_esm", "Counter")


def test_declared_props_are_the_value_of_a_class_without_one() -> None:
    counter = Counter(count=3, blob=b"\x00\xff")
    assert counter.initial_value == {"count": 3, "blob": b"\x00\xff"}
    assert counter.postprocess(counter.initial_value) == {"count": 3, "blob": PACKED}
    assert counter.preprocess({"count": 4, "blob": PACKED}) == {"count": 4, "blob": b"\x00\xff"}
    assert Counter(count=5).given_props() == {"value": {"count": 5}}
    props = counter.wire_props()
    assert (props["_traits"], props["_is_state"]) == (["count", "blob"], True)
    assert props["_css"].endswith(".css")
    assert not {"count", "blob", "value"} & set(props)
    assert counter.api_info()["properties"] == {"count": {"type": "integer"}, "blob": {}}


def test_a_declared_value_is_the_value_and_other_props_are_settings() -> None:
    knob = Knob(2.5, step=0.5)
    assert knob.tag == "anywidget"
    assert knob.preprocess(PACKED) == ("pre", b"\x00\xff")
    props = knob.wire_props()
    assert (props["_traits"], props["step"]) == (["step"], 0.5)
    assert "_is_state" not in props
    assert knob.api_info() == {"anyOf": [{"type": "number"}, {"type": "null"}]} or knob.api_info()


def test_messages_reach_python_and_are_answered_with_buffers() -> None:
    hear = Knob().offered_functions()["on_message"]
    answer = hear({"content": {"q": 1}, "buffers": [PACKED]})
    assert answer == {"content": {"heard": {"q": 1}}, "buffers": [PACKED]}
    with pytest.raises(PayloadError, match="expected content and buffers"):
        hear("x")
    assert "on_message" not in Counter().offered_functions()


def test_subclasses_share_the_half() -> None:
    class Big(Counter):
        size: int = 9

    assert Big.tag == "anywidget"
    assert Big().initial_value == {"size": 9, "count": 0, "blob": None}
    assert Big().browser_code() == Counter().browser_code()
    assert Big().postprocess({"blob": b"\x00\xff"}) == {"blob": PACKED}
