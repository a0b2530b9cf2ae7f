"""Builds the browser half into `limelight/server/assets/`, when its sources changed.

Two ways in: hatchling calls `FrontendHook` for every wheel, sdist and editable install, and
`python hatch_build.py` does the same for the Makefile. Knows nothing of what is built.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
ASSETS = ROOT / "limelight" / "server" / "assets"
DEV_STAMP = ROOT / "node_modules" / ".dev"
STAMP = ASSETS / ".stamp"

FILES = (
    ".npmrc",
    "package-lock.json",
    "package.json",
    "svelte.config.js",
    "vite.aliases.ts",
    "vite.config.ts",
)
FOLDERS = (("web", ("*",)), ("limelight/components", ("*.svelte", "*.ts")))
TESTS = (".test.ts", "vitest.setup.ts")


def sources() -> list[Path]:
    """Every file that the built assets depend on, in an order that no disk decides."""
    found = {ROOT / name for name in FILES}
    for folder, patterns in FOLDERS:
        for pattern in patterns:
            found.update((ROOT / folder).rglob(pattern))
    return sorted(path for path in found if path.is_file() and not path.name.endswith(TESTS))


def digest() -> str:
    """A digest over names and contents of `sources()`."""
    total = hashlib.sha256()
    for path in sources():
        content = path.read_bytes()
        total.update(f"{path.relative_to(ROOT).as_posix()}\0{len(content)}\0".encode())
        total.update(content)
    return total.hexdigest()


def is_fresh(wanted: str) -> bool:
    """Whether the assets were built from exactly these sources."""
    return STAMP.is_file() and STAMP.read_text(encoding="utf-8").strip() == wanted


def build_frontend() -> None:
    """Runs `npm ci` and `npm run build`, unless nothing changed since the last time.

    Does nothing at all where `LIMELIGHT_SKIP_FRONTEND` is set.
    """
    if os.environ.get("LIMELIGHT_SKIP_FRONTEND", "0") not in {"", "0"}:
        return
    wanted = digest()
    if is_fresh(wanted):
        return
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit(
            f"npm was not found on PATH, and {ASSETS.relative_to(ROOT)} does not match the sources "
            "of the front end. Building from a checkout needs npm and Node 20.19 or newer: install "
            "it (https://nodejs.org), or set LIMELIGHT_SKIP_FRONTEND=1 to install without the page."
        )
    if not has_packages():
        # `dependencies` are what the build needs; `devDependencies` are for checks and tests, and
        # stay where `make` has installed them.
        with_dev = DEV_STAMP.exists()
        run(npm, "ci", *([] if with_dev else ["--omit=dev"]), "--no-fund", "--no-audit")
        if with_dev:
            DEV_STAMP.touch()
    run(npm, "run", "build")
    STAMP.write_text(f"{wanted}\n", encoding="utf-8")


def has_packages() -> bool:
    """Whether `node_modules` was installed after the lock file last changed."""
    installed = ROOT / "node_modules" / ".package-lock.json"
    lock = ROOT / "package-lock.json"
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def run(*command: str) -> None:
    """Runs a command here; its output goes to stderr, as stdout is the build backend's."""
    print("limelight:", " ".join(("npm", *command[1:])), file=sys.stderr, flush=True)
    done = subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
    if done.returncode != 0:
        raise SystemExit(
            f"npm {' '.join(command[1:])} ended with status {done.returncode}; its output is above."
        )


if __name__ == "__main__":
    build_frontend()
else:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling is not generic at run time
        """hatchling's way in."""

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Called before files are collected. An sdist's assets are fresh: it needs no Node."""
            build_frontend()
