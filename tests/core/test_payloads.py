from __future__ import annotations

import pytest

import limelight as gr
from limelight.errors import PayloadError


def test_any_event_has_the_members_that_the_page_sent() -> None:
    box = gr.Textbox()
    event = gr.EventData(box, {"key": "a", "count": 2})
    assert (event.target, event.key, event.count) == (box, "a", 2)
    with pytest.raises(AttributeError, match=r"brought no 'color'; it brought \{'key'"):
        _ = event.color
    with pytest.raises(AttributeError):
        _ = event._color
    with pytest.raises(AttributeError, match="it brought None"):
        _ = gr.EventData(None, None).key


def test_a_selection() -> None:
    plain = gr.SelectData(None, {"index": 1, "value": "b"})
    assert (plain.index, plain.value, plain.selected) == (1, "b", True)
    assert (plain.row_value, plain.col_value) == ([], [])
    cell = gr.SelectData(
        None,
        {"index": [0, 1], "value": 2, "row_value": [1, 2], "col_value": [2], "selected": False},
    )
    assert (cell.row_value, cell.col_value, cell.selected) == ([1, 2], [2], False)


def test_what_happens_to_messages() -> None:
    members = {"index": 1, "value": "Hi", "previous_value": "Hello", "liked": "Wrong"}
    assert gr.LikeData(None, members).liked == "Wrong"
    assert gr.LikeData(None, {"index": 1, "value": "Hi"}).liked is True
    assert (gr.RetryData(None, members).index, gr.UndoData(None, members).value) == (1, "Hi")
    assert gr.EditData(None, members).previous_value == "Hello"
    assert gr.CopyData(None, members).value == "Hi"


def test_a_key() -> None:
    key = gr.KeyUpData(None, {"key": "Enter", "input_value": "ab"})
    assert (key.key, key.input_value) == ("Enter", "ab")


def test_files() -> None:
    wire = {"path": "a/b.txt", "url": None, "meta": {"_type": "gradio.FileData"}, "extra": 1}
    assert gr.DownloadData(None, wire).file == gr.FileData(path="a/b.txt")
    given = gr.FileData(path="c.txt")
    assert gr.DeletedFileData(None, given).file is given


@pytest.mark.parametrize(
    ("kind", "data", "member"),
    [
        (gr.SelectData, {"index": 1}, "value"),
        (gr.KeyUpData, None, "key"),
        (gr.EditData, {"index": 1, "value": ""}, "previous_value"),
        (gr.DownloadData, {"url": "x"}, "path"),
    ],
)
def test_members_that_are_missing_are_named(
    kind: type[gr.EventData], data: object, member: str
) -> None:
    with pytest.raises(PayloadError, match=rf"{kind.__name__} needs the member '{member}'"):
        kind(None, data)
