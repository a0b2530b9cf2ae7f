"""The package's modules, for tests that look at all of them."""

from __future__ import annotations

from pathlib import Path

__all__ = ["PACKAGE", "ROOT", "module_names", "source"]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "limelight"


def module_names(*layers: str) -> list[str]:
    """Every module of the package, or of some of its layers; demos are apps, not modules."""
    found: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[-1] in ("demo", "__main__") or "assets" in parts:
            continue
        if layers and (len(parts) < 2 or parts[1] not in layers):
            continue
        found.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return found


def source(module: str) -> str:
    """The text of a module."""
    path = ROOT.joinpath(*module.split("."))
    path = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return path.read_text("utf-8")
