"""`limelight codegen`: write every generated file, or check that none is stale."""

from __future__ import annotations

from pathlib import Path

from limelight.codegen.names import catalog_source, stub_source
from limelight.codegen.typescript import prop_types

__all__ = ["codegen"]


def codegen(*, check: bool = False) -> int:
    """Write the generated files; with `check`, only name those that would change.

    Returns:
        0, or 1 when `check` found a stale file.
    """
    package = Path(__file__).parent.parent
    wanted = {
        package / "catalog.py": catalog_source(),
        package / "__init__.pyi": stub_source(),
        **prop_types(),
    }
    stale = [p for p, text in wanted.items() if not p.exists() or p.read_text() != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(package.parent)} is stale. Run `make codegen`.")
        else:
            path.write_text(wanted[path])
            print(f"wrote {path.relative_to(package.parent)}")
    return 1 if check and stale else 0
