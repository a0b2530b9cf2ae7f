"""FileExplorer: what it shows, what can be chosen, and what nobody gets at."""

from __future__ import annotations

import inspect
import os
from typing import TYPE_CHECKING, Any

import pytest

from limelight.app.blocks import Blocks
from limelight.components.file_explorer.file_explorer import FileExplorer
from limelight.errors import PayloadError, PropError, ValueRejected
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    from pathlib import Path

TREE = ["a.txt", "b.py", "sub/a.txt", "sub/c.py", "sub/deep/d.py", ".hidden/e.py"]
OUTSIDE: list[Any] = [
    [".."],
    ["sub", "..", ".."],
    ["."],
    [""],
    ["sub", ""],
    ["/etc"],
    ["/", "etc"],
    ["../secret"],
    ["sub/../.."],
    ["\0"],
    ["sub\0"],
    ["leaving"],
    ["leaving", "secret.txt"],
    ["secret-link.txt"],
    ["nothing"],
    ["x" * 300],
    ["sub"] * 1000,
    [".." + os.sep],
    [None],
    [5],
    [["sub"]],
    {"0": "sub"},
    "sub",
    "..",
    5,
]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder, with links that stay in it and links that leave it."""
    root = tmp_path / "root"
    for name in TREE:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "empty").mkdir()
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "secret.txt").write_text("secret")
    (tmp_path / "root-beside").mkdir()
    (root / "leaving").symlink_to(secret)
    (root / "beside").symlink_to(tmp_path / "root-beside")
    (root / "secret-link.txt").symlink_to(secret / "secret.txt")
    (root / "staying").symlink_to(root / "sub")
    (root / "nowhere").symlink_to(root / "gone")
    os.mkfifo(root / "pipe")
    return root


def shown(block: FileExplorer, *place: str) -> list[str]:
    """Names that a folder shows, folders with a slash."""
    entries = block.ls(list(place))
    return [f"{e['name']}{'/' if e['type'] == 'folder' else ''}" for e in entries]


def test_defaults_are_those_of_the_field() -> None:
    parameters = inspect.signature(FileExplorer).parameters
    expected = {
        "glob": "**/*",
        "value": None,
        "file_count": "multiple",
        "root_dir": ".",
        "ignore_glob": None,
        "min_width": 160,
        "height": None,
        "max_height": 500,
        "min_height": None,
        "buttons": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["glob"]
    assert list(FileExplorer.events) == ["change", "input", "select"]


def test_the_page_gets_what_it_draws(tree: Path) -> None:
    props = FileExplorer(root_dir=tree, label="Files").wire_props()
    wanted = {
        "glob": "**/*",
        "file_count": "multiple",
        "root_dir": str(tree),
        "max_height": 500,
        "buttons": [],
        "server_fns": ["ls"],
    }
    assert {name: props[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "props", [{"file_count": "some"}, {"glob": 5}, {"glob": "[z-a]"}, {"ignore_glob": ["*.py"]}]
)
def test_odd_props_are_refused(props: dict[str, Any]) -> None:
    with pytest.raises(PropError, match=r"was given (file_count|glob|ignore_glob)="):
        FileExplorer(**props)


# ---- what is shown ----------------------------------------------------------------------------


def test_folders_come_first_and_links_that_leave_are_not_shown(tree: Path) -> None:
    block = FileExplorer(root_dir=tree)
    assert block.ls() == block.ls([])
    assert shown(block) == [".hidden/", "empty/", "staying/", "sub/", "a.txt", "b.py"]
    assert shown(block, "sub") == ["deep/", "a.txt", "c.py"]
    assert shown(block, "staying") == ["deep/", "a.txt", "c.py"]
    assert shown(block, "empty") == []


@pytest.mark.parametrize(
    ("glob", "top", "sub"),
    [
        ("*.txt", ["a.txt"], ["deep/", "a.txt"]),
        ("**/*.py", ["b.py"], ["deep/", "c.py"]),
        ("sub/*", [], ["deep/", "a.txt", "c.py"]),
        ("sub/**", [], ["deep/", "a.txt", "c.py"]),
        ("sub/deep/*", [], ["deep/"]),
        ("[ab].*", ["a.txt", "b.py"], ["deep/", "a.txt"]),
        ("[!a].??", ["b.py"], ["deep/", "c.py"]),
    ],
)
def test_a_glob_chooses_files(tree: Path, glob: str, top: list[str], sub: list[str]) -> None:
    block = FileExplorer(glob, root_dir=tree)
    assert [name for name in shown(block) if not name.endswith("/")] == top
    assert shown(block, "sub") == sub


def test_only_what_matches_is_valid(tree: Path) -> None:
    valid = {e["name"]: e["valid"] for e in FileExplorer("sub/**", root_dir=tree).ls(["sub"])}
    assert valid == {"deep": True, "a.txt": True, "c.py": True}
    top = FileExplorer("*.py", root_dir=tree).ls()
    assert {e["name"] for e in top if e["valid"]} == {"b.py"}


def test_what_is_ignored_is_gone_with_all_below_it(tree: Path) -> None:
    block = FileExplorer(root_dir=tree, ignore_glob="sub")
    assert "sub/" not in shown(block)
    assert shown(block, "sub") == []
    assert shown(block, "sub", "deep") == []
    with pytest.raises(PayloadError, match="expected a file or folder it shows"):
        block.preprocess([["sub", "deep", "d.py"]])
    assert shown(FileExplorer(root_dir=tree, ignore_glob="*.py"), "sub") == ["deep/", "a.txt"]


# ---- safety -------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", OUTSIDE)
def test_nothing_outside_is_shown_or_chosen(tree: Path, place: Any) -> None:
    block = FileExplorer(root_dir=tree)
    assert block.ls(place) == []
    with pytest.raises(PayloadError, match="expected a file or folder it shows"):
        block.preprocess([place])


@pytest.mark.parametrize("place", [*OUTSIDE, {"path": "/etc/passwd"}, [".."] * 5000, "x" * 100_000])
async def test_a_request_learns_of_nothing_outside(tree: Path, place: Any) -> None:
    with Blocks() as demo:
        block = FileExplorer(root_dir=tree)
    async with in_process(make_app(demo)) as client:
        sent = {"component_id": block.block_id, "fn_name": "ls", "data": place}
        answer = await client.post("/gradio_api/component_server", json=sent)
    assert (answer.status_code, answer.json()) == (200, [])


def test_a_folder_whose_name_begins_alike_is_outside(tree: Path) -> None:
    assert FileExplorer(root_dir=tree).ls(["beside"]) == []


@pytest.mark.parametrize("payload", [{}, "a.txt", 5, {"path": "/etc/passwd"}])
def test_odd_payloads_are_refused(tree: Path, payload: Any) -> None:
    with pytest.raises(PayloadError, match="expected a list of paths"):
        FileExplorer(root_dir=tree).preprocess(payload)


def test_a_pipe_is_no_file(tree: Path) -> None:
    assert "pipe" not in shown(FileExplorer(root_dir=tree))
    with pytest.raises(PayloadError):
        FileExplorer(root_dir=tree).preprocess([["pipe"]])


def test_a_root_that_is_a_link_is_as_good_as_its_target(tree: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tree)
    block = FileExplorer(root_dir=link)
    assert shown(block, "empty") == []
    assert shown(block) == shown(FileExplorer(root_dir=tree))
    assert block.preprocess([["a.txt"]]) == [str(link / "a.txt")]
    assert block.postprocess(str(tree / "a.txt")) == [["a.txt"]]


def test_a_folder_that_is_gone_shows_nothing(tmp_path: Path) -> None:
    assert FileExplorer(root_dir=tmp_path / "gone").ls() == []


# ---- conversions --------------------------------------------------------------------------------


def test_functions_get_absolute_paths(tree: Path) -> None:
    many, one = FileExplorer(root_dir=tree), FileExplorer(root_dir=tree, file_count="single")
    assert many.preprocess([["a.txt"], ["sub"]]) == [str(tree / "a.txt"), str(tree / "sub")]
    assert one.preprocess([["sub", "c.py"]]) == str(tree / "sub" / "c.py")
    assert [many.preprocess([]), one.preprocess([])] == [[], None]
    assert [many.preprocess(None), one.preprocess(None)] == [None, None]
    with pytest.raises(PayloadError, match="got 2 paths; expected at most one"):
        one.preprocess([["a.txt"], ["b.py"]])


def test_what_the_glob_does_not_offer_is_refused(tree: Path) -> None:
    with pytest.raises(PayloadError, match="expected a file or folder it shows"):
        FileExplorer("*.py", root_dir=tree).preprocess([["a.txt"]])


def test_the_page_gets_names(tree: Path) -> None:
    block = FileExplorer(root_dir=tree)
    values = ["a.txt", ["sub/c.py", tree / "b.py"], f"{tree}/sub/../a.txt", "./a.txt", [], None]
    pages = [[["a.txt"]], [["sub", "c.py"], ["b.py"]], [["a.txt"]], [["a.txt"]], [], None]
    assert [block.postprocess(value) for value in values] == pages  # type: ignore[arg-type]


@pytest.mark.parametrize("value", ["/etc/passwd", "../x", "", ".", 5, [None], b"a.txt"])
def test_paths_outside_are_not_shown(tree: Path, value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected the path of something inside"):
        FileExplorer(root_dir=tree).postprocess(value)


def test_the_api_describes_it() -> None:
    block = FileExplorer()
    schema = block.api_info()
    assert schema["items"] == {"type": "array", "items": {"type": "string"}}
    assert block.example_payload() == [block.example_value().split("/")]


def test_ten_thousand_entries_are_listed_at_once(tmp_path: Path) -> None:
    for number in range(10_000):
        (tmp_path / f"{number:05}.txt").touch()
    assert len(FileExplorer(root_dir=tmp_path).ls()) == 10_000
