from __future__ import annotations

from typing import Any

from limelight.core.filetree import handle_in, has_files, has_unmarked, walk_files

META = {"_type": "gradio.FileData"}


def file_of(path: Any) -> dict[str, Any]:
    return {"path": path, "meta": META}


def test_json_without_files_is_not_copied() -> None:
    value: list[Any] = [{"a": [1, 2]}, (1, {"b": None})]
    assert walk_files(value, lambda _: 1 / 0) is value
    cycle: list[Any] = []
    cycle.append({"a": cycle, "b": cycle})
    assert not has_files(cycle)
    mixed = [value, file_of("x")]
    replaced = walk_files(mixed, lambda _: "seen")
    assert replaced == [value, "seen"]
    assert replaced[0] is value


def test_only_marked_objects_are_files() -> None:
    assert has_files([{"url": None, "meta": META}])
    for value in ({"path": "x"}, {"path": "x", "meta": {}}, {"path": "x", "meta": "x"}):
        assert not has_files([value])
        assert has_unmarked([value])
    assert not has_unmarked([{"path": 7}, file_of("x")])


def test_a_handle_is_read_from_every_form() -> None:
    handle = "0" * 32 + "/a b.txt"
    for text in (handle, "gradio_api/file=" + "0" * 32 + "/a%20b.txt?x#y"):
        assert handle_in(text) == handle
    for text in ("", "/etc/passwd", "0" * 31 + "/a", handle + "/b", handle + "\n", "x" + handle):
        assert handle_in(text) is None
