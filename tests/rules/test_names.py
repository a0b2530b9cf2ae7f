"""The door: each public name is listed once, can be imported, and is where the tables say."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib import import_module

import pytest

import limelight
from limelight import catalog
from limelight.core.block import Block
from tests.rules.modules import PACKAGE, ROOT, module_names, source


@pytest.mark.parametrize("name", catalog.NAMES)
def test_a_public_name_is_where_the_table_says(name: str) -> None:
    found = getattr(limelight, name)
    assert found is getattr(import_module(catalog.NAMES[name]), name)
    assert name in import_module(catalog.NAMES[name]).__all__


@pytest.mark.parametrize("name", catalog.MODULES)
def test_a_public_submodule_is_where_the_table_says(name: str) -> None:
    assert getattr(limelight, name) is import_module(catalog.MODULES[name])


def test_the_door_lists_what_the_table_has() -> None:
    listed = {*catalog.NAMES, *catalog.MODULES, "__version__"}
    exported: list[str] = list(vars(limelight)["__all__"])
    assert sorted(exported) == sorted(listed)
    assert listed <= set(dir(limelight))


def test_the_stub_lists_what_the_table_has() -> None:
    tree = ast.parse((PACKAGE / "__init__.pyi").read_text("utf-8"))
    imports = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    found = {a.asname: f"{node.module}.{a.name}" for node in imports for a in node.names}
    expected = {name: f"{module}.{name}" for name, module in catalog.NAMES.items()}
    assert found == {**expected, **catalog.MODULES}


def test_a_name_that_is_not_there_names_the_nearest() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'Textbok'\. Did you mean 'Textbox'\?"):
        limelight.Textbok  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


@pytest.mark.parametrize("tag", catalog.TAGS)
def test_a_tag_is_the_name_of_its_folder(tag: str) -> None:
    cls = getattr(limelight, catalog.TAGS[tag])
    folder = cls.__module__.split(".")[2]
    assert (cls.tag, folder.replace("_", "")) == (tag, tag)
    assert issubclass(cls, Block)


def test_every_folder_of_components_is_in_the_table() -> None:
    folders = {p.parent.name.replace("_", "") for p in (PACKAGE / "components").glob("*/*.svelte")}
    assert folders - set(catalog.TAGS) == set()


@pytest.mark.parametrize("module", module_names())
def test_what_a_module_exports_is_there(module: str) -> None:
    made = import_module(module)
    exported: list[str] = list(getattr(made, "__all__", []))
    assert [name for name in exported if not hasattr(made, name)] == []
    assert len(set(exported)) == len(exported)
    defines = any(
        isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_")
        for node in ast.parse(source(module)).body
    )
    assert exported or not defines, f"{module} has public definitions and no __all__"


@pytest.mark.timeout(60)
def test_generated_files_are_fresh() -> None:
    command = [sys.executable, "-m", "limelight", "codegen", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
