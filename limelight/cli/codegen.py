"""`limelight codegen`: write every generated file, or check that none is stale."""

from __future__ import annotations

from importlib import reload
from pathlib import Path
from typing import TYPE_CHECKING

from limelight import catalog
from limelight.codegen.names import catalog_source, stub_source
from limelight.codegen.typescript import prop_types

if TYPE_CHECKING:
    import argparse

__all__ = ["codegen"]

_PACKAGE = Path(__file__).parent.parent
_ROOT = _PACKAGE.parent


def codegen(parser: argparse.ArgumentParser, *, check: bool = False) -> int:
    """Write the generated files; with `check`, only name those that would change.

    Args:
        parser: The command line, which the reference describes.
        check: Whether nothing is written.

    Returns:
        0, or 1 when `check` found a stale file.
    """
    names = {_PACKAGE / "catalog.py": catalog_source(), _PACKAGE / "__init__.pyi": stub_source()}
    stale = _write({**names, **prop_types()}, check=check)
    if (_ROOT / "docs" / "reference").is_dir():  # an installed package has none
        from limelight.codegen.docs import reference

        reload(catalog)  # the reference lists what the table has now
        pages = reference(parser)
        stale += _write(pages, check=check)
        stale += _remove(set(pages), check=check)
    return 1 if check and stale else 0


def _write(wanted: dict[Path, str], *, check: bool) -> int:
    stale = [p for p, t in wanted.items() if not p.exists() or p.read_text("utf-8") != t]
    for path in stale:
        if check:
            print(f"{path.relative_to(_ROOT)} is stale. Run `make codegen`.")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(wanted[path], "utf-8")
            print(f"wrote {path.relative_to(_ROOT)}")
    return len(stale)


def _remove(wanted: set[Path], *, check: bool) -> int:
    """Take away pages of what is no longer there."""
    stale = sorted(set((_ROOT / "docs" / "reference").rglob("*.md")) - wanted)
    for path in stale:
        if check:
            print(f"{path.relative_to(_ROOT)} describes nothing. Run `make codegen`.")
        else:
            path.unlink()
            print(f"removed {path.relative_to(_ROOT)}")
    return len(stale)
