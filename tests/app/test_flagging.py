from __future__ import annotations

import csv
import json
import multiprocessing
import threading
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import limelight as gr
from limelight.app import flagging
from limelight.app.flagging import ClassicCSVLogger, FlagMethod
from limelight.core.request import Request
from limelight.errors import FileAccessError, PropError
from limelight.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

KINDS = [gr.CSVLogger, gr.SimpleCSVLogger, ClassicCSVLogger]


def same(text: str) -> str:
    return text


def rows(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def without_time(path: Path) -> list[list[str]]:
    return [row[:-1] for row in rows(path)]


def flagged(demo: gr.Blocks) -> list[dict[str, Any]]:
    """The listeners that flagging added."""
    found = demo.get_config()["dependencies"]
    return [d for d in found if d["api_name"].startswith(("saving", "Flag", "reset"))]


@pytest.fixture
def boxes() -> list[Any]:
    return [gr.Textbox(label="a"), gr.Number(label="b")]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flagging, "_SAVING_S", 0)


# ---- what is stored ------------------------------------------------------------------------------


def test_a_row_has_the_values_the_reason_who_and_when(tmp_path: Path, boxes: list[Any]) -> None:
    logger = gr.CSVLogger(verbose=False)
    logger.setup(boxes, tmp_path / "new" / "folder")
    assert not (tmp_path / "new").exists()
    assert logger.flag(["x", 1], "wrong", "ann") == 1
    assert logger.flag(["y", 2.5], "unclear", "bob") == 2
    made = rows(tmp_path / "new/folder/dataset1.csv")
    assert made[0] == ["a", "b", "flag", "username", "timestamp"]
    assert [row[:-1] for row in made[1:]] == [
        ["x", "1", "wrong", "ann"],
        ["y", "2.5", "unclear", "bob"],
    ]


def test_without_reasons_and_log_in_there_are_no_columns_for_them(
    tmp_path: Path, boxes: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    logger = gr.CSVLogger()
    logger.setup(boxes, tmp_path)
    logger.flag(["x", None])
    logger.flag(["y", 1])
    assert without_time(tmp_path / "dataset1.csv") == [["a", "b"], ["x", ""], ["y", "1"]]
    assert capsys.readouterr().out == f"Created dataset file at: {tmp_path / 'dataset1.csv'}\n"


def test_other_columns_begin_a_new_file_and_equal_ones_go_on(
    tmp_path: Path, boxes: list[Any]
) -> None:
    first = gr.CSVLogger(verbose=False)
    first.setup(boxes, tmp_path)
    assert [first.flag(["x", 1]), first.flag(["y", 2], "odd"), first.flag(["z", 3])] == [1, 1, 2]
    later = gr.CSVLogger(verbose=False)
    later.setup([gr.Textbox(label="other")], tmp_path)
    assert later.flag(["w"]) == 1
    again = gr.CSVLogger(verbose=False)
    again.setup([gr.Textbox(label="other")], tmp_path)
    assert again.flag(["v"]) == 2
    assert without_time(tmp_path / "dataset1.csv") == [["a", "b"], ["x", "1"], ["z", "3"]]
    assert without_time(tmp_path / "dataset2.csv") == [["a", "b", "flag"], ["y", "2", "odd"]]
    assert without_time(tmp_path / "dataset3.csv") == [["other"], ["w"], ["v"]]


def test_the_file_may_have_a_name_of_its_own(
    tmp_path: Path, boxes: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2):
        logger = gr.CSVLogger(dataset_file_name="mine.csv")
        logger.setup(boxes, tmp_path)
        assert logger.flag(["x", 1]) == number
    assert "Using existing dataset file at: " in capsys.readouterr().out
    logger.setup(boxes[:1], tmp_path)
    logger.flag(["x"])
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["mine.csv", "mine2.csv"]


def test_the_plain_and_the_classic_log(tmp_path: Path, boxes: list[Any]) -> None:
    plain, classic = gr.SimpleCSVLogger(), ClassicCSVLogger()
    plain.setup(boxes, tmp_path / "plain")
    classic.setup(boxes, tmp_path / "classic")
    assert [plain.flag(["x", 1], "no"), plain.flag(["y\n", 2])] == [0, 1]
    assert [classic.flag(["x", 1], "no"), classic.flag(["y", 2], None, "ann")] == [1, 2]
    assert rows(tmp_path / "plain/log.csv") == [["x", "1"], ["y\n", "2"]]
    assert without_time(tmp_path / "classic/log.csv") == [
        ["a", "b", "flag", "username"],
        ["x", "1", "no", ""],
        ["y", "2", "", "ann"],
    ]


def test_every_kind_of_value_is_text(tmp_path: Path) -> None:
    parts: list[Any] = [
        gr.CheckboxGroup(["a", "é"], label="group"),
        gr.Checkbox(label="check"),
        gr.JSON(label="json"),
        gr.State(),
        gr.Textbox(label=""),
        gr.Label(label="label"),
        gr.Textbox(label="update"),
    ]
    logger = gr.CSVLogger(verbose=False)
    logger.setup(parts, tmp_path)
    values = [["a", "é"], True, {"x": None}, {1: {2}}, "t", {"label": "x"}, gr.update(value=1)]
    logger.flag(values)
    header, row = without_time(tmp_path / "dataset1.csv")
    assert header == ["group", "check", "json", "component 3", "component 4", "label", "update"]
    assert row[:6] == ['["a", "é"]', "true", '{"x": null}', '{"1": "{2}"}', "t", '{"label": "x"}']
    back = [part.read_from_flag(cell) for part, cell in zip(parts, row, strict=True)]
    assert back[:3] == [["a", "é"], True, {"x": None}]
    assert back[4:6] == ["t", {"label": "x"}]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("＝1+1", "'＝1+1"),
        ("-5", "-5"),
        ("+.5e-3", "+.5e-3"),
        ("-inf", "'-inf"),
        ("a=1", "a=1"),
        ("", ""),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_a_formula(tmp_path: Path, kind: Any, given: str, kept: str) -> None:
    logger = kind()
    logger.setup([gr.Textbox(label="=evil"), gr.Number(label="n")], tmp_path)
    logger.flag([given, -2.5], given, given)
    made = rows(next(tmp_path.glob("*.csv")))
    assert made[-1][:2] == [kept, "-2.5"]
    if kind is not gr.SimpleCSVLogger:
        assert made[0][0] == "'=evil"
        assert made[1][2:-1] == ([kept, kept] if given or kind is ClassicCSVLogger else [""])


@pytest.mark.parametrize("is_simple", [True, False])
def test_files_are_copied_beside_the_rows(tmp_path: Path, is_simple: bool) -> None:
    (tmp_path / "a b.txt").write_text("x")
    file = gr.FileData(path=str(tmp_path / "a b.txt"), orig_name="a b.txt")
    logger = gr.CSVLogger(simplify_file_data=is_simple, verbose=False)
    logger.setup([gr.File(label="../the/file"), gr.File(label="more")], tmp_path / "out")
    logger.flag([file, [file, {"path": file.path, "meta": {"_type": "gradio.FileData"}}]])
    one, more = without_time(tmp_path / "out/dataset1.csv")[1]
    copies = sorted((tmp_path / "out").glob("*/*/a b.txt"))
    assert [c.read_text() for c in copies] == ["x"] * 3
    assert {c.parents[1].name for c in copies} == {"..thefile", "more"}
    if is_simple:
        assert one == str(copies[0])
        assert more.startswith('["')
        assert more.count("a b.txt") == 2
    else:
        assert '"meta"' in one
        assert '"meta"' in more


def test_what_only_looks_like_a_file_stays(tmp_path: Path) -> None:
    logger = gr.CSVLogger(verbose=False)
    logger.setup([gr.Textbox(label="t"), gr.JSON(label="j")], tmp_path)
    logger.flag(['{"gradio.FileData": ', {"path": str(tmp_path)}])
    row = without_time(tmp_path / "dataset1.csv")[1]
    assert row == ['{"gradio.FileData": ', f'{{"path": "{tmp_path}"}}']


# ---- where ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("below", ["", "/further"])
def test_a_file_is_no_folder(tmp_path: Path, boxes: list[Any], below: str) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(PropError, match=r"taken' is a file\. Choose another flagging_dir"):
        gr.CSVLogger().setup(boxes, f"{tmp_path}/taken{below}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, boxes: list[Any]) -> None:
    logger = gr.CSVLogger()
    logger.setup(boxes, tmp_path / "later")
    (tmp_path / "later").write_text("")
    with pytest.raises(FileAccessError, match=r"cannot be written to .*Choose a flagging_dir"):
        logger.flag(["x", 1])


# ---- several writers -----------------------------------------------------------------------------


def write_many(folder: str, who: int, count: int) -> None:
    logger = gr.CSVLogger(verbose=False)
    logger.setup([gr.Textbox(label="text")], folder)
    for number in range(count):
        logger.flag([f'{who}-{number} "quoted"\n' + "x" * (number * 997 % 20_000)], "odd")


def test_processes_lose_no_row(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=write_many, args=(str(tmp_path), who, 50)) for who in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
        assert writer.exitcode == 0
    made = [row for path in tmp_path.glob("*.csv") for row in rows(path)]
    assert [path.name for path in tmp_path.iterdir()] == ["dataset1.csv"]
    assert {len(row) for row in made} == {3}
    names = {row[0].split(" ")[0] for row in made[1:]}
    assert names == {f"{who}-{number}" for who in range(4) for number in range(50)}
    assert len(made) == 201


def test_threads_lose_no_row(tmp_path: Path, boxes: list[Any]) -> None:
    logger = gr.CSVLogger(verbose=False)
    logger.setup(boxes, tmp_path)
    counts: list[int] = []

    def write(who: int) -> None:
        counts.extend(logger.flag([f"{who}\n{n}", n], ["a", None][n % 2]) for n in range(40))

    threads = [threading.Thread(target=write, args=(who,)) for who in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(counts) == sorted([*range(1, 121)] * 2)
    assert sorted(len(rows(path)) for path in tmp_path.glob("*.csv")) == [121, 121]


# ---- the page ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "captions"),
    [
        (None, ["Flag"]),
        (["wrong", "odd"], ["Flag as wrong", "Flag as odd"]),
        ([("Not good", "bad")], ["Not good"]),
        ([], []),
    ],
)
def test_each_reason_has_a_button_and_three_quiet_listeners(
    tmp_path: Path, options: Any, captions: list[str]
) -> None:
    demo = gr.Interface(same, "text", "text", flagging_options=options, flagging_dir=str(tmp_path))
    made = [b.value for b in demo.graph_.blocks.values() if isinstance(b, gr.Button)]
    assert made == ["Clear", "Submit", *captions]
    assert len(flagged(demo)) == 3 * len(captions)
    assert {d["api_visibility"] for d in flagged(demo)} <= {"undocumented"}
    assert {d["queue"] for d in flagged(demo)} <= {False}
    assert list(demo.get_api_info()["named_endpoints"]) == ["/same"]


def test_a_button_stores_the_row_and_comes_back(tmp_path: Path) -> None:
    demo = gr.Interface(same, "text", "text", flagging_options=["odd"], flagging_dir=str(tmp_path))
    method: Any = demo.graph_.listener_named("Flag").fn
    assert method.saving() == gr.update(value="Saving...", interactive=False)
    back = gr.update(value="Flag as odd", interactive=True)
    assert method(Request(username="ann"), "in", "out") == back
    assert method.reset() == back
    assert without_time(tmp_path / "dataset1.csv")[1] == ["in", "out", "odd", "ann"]


def test_rows_come_in_by_http_with_copies_of_uploaded_files(tmp_path: Path) -> None:
    parts: list[Any] = ["file", gr.JSON(label="data")]
    demo = gr.Interface(lambda _, data: data, parts, gr.JSON(), flagging_dir=str(tmp_path / "out"))
    demo.launch(prevent_thread_lock=True, quiet=True)
    api = f"{demo.local_url}gradio_api"
    try:
        handle = httpx.post(f"{api}/upload", files={"files": ("a.txt", b"hello")}).json()[0]
        file = {"path": handle, "orig_name": "a.txt", "meta": {"_type": "gradio.FileData"}}
        secret = tmp_path / "secret.txt"
        secret.write_text("secret")
        data = {"path": str(secret)}  # a result like any other, and no file
        done = httpx.post(f"{api}/run/Flag", json={"data": [file, data, data]})
        assert done.json()["data"] == [gr.update(value="Flag", interactive=True)]
        stolen = {**file, "path": str(secret)}
        refused = httpx.post(f"{api}/run/Flag", json={"data": [stolen, None, None]})
        assert (refused.status_code, "not an uploaded file" in refused.text) == (400, True)
    finally:
        demo.close(verbose=False)
    copy = next((tmp_path / "out").glob("*/*/a.txt"))
    assert copy.read_text() == "hello"
    (row,) = without_time(tmp_path / "out/dataset1.csv")[1:]
    assert row == [str(copy), json.dumps(data), json.dumps(data)]
    assert not list((tmp_path / "out").rglob("secret.txt"))


def test_every_result_is_kept_if_so_wanted(tmp_path: Path) -> None:
    demo = gr.Interface(same, "text", "text", flagging_mode="auto", flagging_dir=str(tmp_path))
    (flag,) = flagged(demo)
    assert flag["trigger_after"] == demo.graph_.listener_named("same").id
    assert flag["trigger_only_on_success"]
    assert flag["outputs"] == []
    method: Any = demo.graph_.listener_named("Flag").fn
    assert method(Request(), "in", "out") is None
    assert without_time(tmp_path / "dataset1.csv")[1] == ["in", "out"]


def test_streams_and_live_apps_are_flagged_after_the_function() -> None:
    def count(text: str) -> Iterator[str]:
        yield text

    for is_live in (False, True):
        demo = gr.Interface(count, "text", "text", flagging_mode="auto", live=is_live)
        assert flagged(demo)[0]["trigger_after"] == demo.graph_.listener_named("count").id


def test_nothing_is_flagged_without_results_or_if_not_wanted() -> None:
    assert flagged(gr.Interface(same, "text", "text", flagging_mode="never")) == []
    for mode in ("auto", "manual"):
        assert flagged(gr.Interface(same, "text", None, flagging_mode=mode)) == []


def test_the_environment_decides_for_apps_that_do_not_say(monkeypatch: pytest.MonkeyPatch) -> None:
    settings.cache_clear()
    monkeypatch.setenv("GRADIO_FLAGGING_MODE", "never")
    try:
        assert gr.Interface(same, "text", "text").flagging_mode == "never"
        assert gr.Interface(same, "text", "text", flagging_mode="auto").flagging_mode == "auto"
    finally:
        settings.cache_clear()


class Kept(gr.FlaggingCallback):
    def __init__(self) -> None:
        self.rows: list[Any] = []

    def setup(self, components: Sequence[Any], flagging_dir: str) -> None:
        self.labels = [block.label for block in components]

    def flag(
        self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None
    ) -> int:
        if flag_data == ["fail", None]:
            raise RuntimeError("the store is full")
        self.rows.append((flag_data, flag_option, username))
        return len(self.rows)


def test_a_callback_of_ones_own_gets_what_the_page_sent() -> None:
    own = Kept()
    demo = gr.Interface(same, "text", gr.Textbox(label="Result"), flagging_callback=own)
    assert own.labels == ["text", "Result"]
    method: Any = demo.graph_.listener_named("Flag").fn
    method(Request(), "a", "b")
    assert own.rows == [(["a", "b"], None, None)]


def test_a_failing_callback_is_logged_and_the_button_can_be_used_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    failed = FlagMethod(Kept(), "Flag", None)(Request(), "fail", None)
    assert failed == gr.update(value="Error!", interactive=True)
    assert FlagMethod(Kept(), "", None, visual_feedback=False)(Request(), "fail", None) is None
    assert caplog.text.count("RuntimeError: the store is full") == 2


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"flagging_mode": "x"}, "flagging_mode='x'; expected 'never', 'auto' or 'manual'"),
        ({"flagging_options": "abc"}, "flagging_options='abc'; expected texts"),
        ({"flagging_options": [1]}, r"flagging_options=\[1\]; expected texts"),
    ],
)
def test_what_cannot_be_meant_is_named(options: Any, text: str) -> None:
    with pytest.raises(PropError, match=text):
        gr.Interface(same, "text", "text", **options)
