"""The frameworks that are compared, each in an environment of its own that is made on demand."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

__all__ = ["Contestant", "contestants"]

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENTS = Path(__file__).resolve().parent / ".envs"
APPS = Path(__file__).resolve().parent / "apps"


@dataclass(frozen=True)
class Contestant:
    """A framework that is measured."""

    name: str
    """Column of the table."""
    module: str
    """What an app imports."""
    python: Path
    """Interpreter of its environment."""
    app: Path
    """Its hello app."""

    @property
    def site_packages(self) -> Path:
        """Where its packages are."""
        code = "import sysconfig; print(sysconfig.get_path('purelib'))"
        return Path(self.output("-c", code).strip())

    def command(self, page: str, port: int | None = None) -> list[str]:
        """How its app is run, with which page; without a port it is only built."""
        tail = [] if port is None else [str(port)]
        return [str(self.python), str(self.app), self.module, page, *tail]

    def output(self, *args: str) -> str:
        """What its interpreter prints."""
        done = subprocess.run(
            [str(self.python), *args],
            check=True,
            capture_output=True,
            text=True,
            env=environment(),
            cwd=tempfile.gettempdir(),  # not in the repository, whose `limelight` would be found
        )
        return done.stdout


def environment() -> dict[str, str]:
    """Variables of a measured process: nothing of the user's, no telemetry, no proxies."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {**kept, "GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "NO_PROXY": "*"}


def contestants(names: list[str]) -> list[Contestant]:
    """The named frameworks, installed.

    `LIMELIGHT_BENCH_LIMELIGHT`, `LIMELIGHT_BENCH_PEER` and `LIMELIGHT_BENCH_NICEGUI` name
    interpreters that have them already.
    """
    made = {
        "limelight": lambda: Contestant(
            "limelight", "limelight", _limelight(), APPS / "hello_gradio.py"
        ),
        "gradio": lambda: Contestant(
            "gradio", "gradio", _published("PEER", "peer", "gradio"), APPS / "hello_gradio.py"
        ),
        "nicegui": lambda: Contestant(
            "nicegui",
            "nicegui",
            _published("NICEGUI", "nicegui", "nicegui"),
            APPS / "hello_nicegui.py",
        ),
    }
    return [made[name]() for name in names]


def _limelight() -> Path:
    """A fresh environment with nothing but the wheel of this tree."""
    given = os.environ.get("LIMELIGHT_BENCH_LIMELIGHT")
    if given:
        return Path(given)
    if not (ROOT / "limelight" / "server" / "assets" / ".vite" / "manifest.json").exists():
        raise SystemExit("The browser half has not been built. Run `make assets` first.")
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
        _run("building the wheel", [*build, "--directory", folder], LIMELIGHT_SKIP_FRONTEND="1")
        (wheel,) = Path(folder).glob("*.whl")
        return _installed(ENVIRONMENTS / "limelight", str(wheel))


def _published(variable: str, folder: str, package: str) -> Path:
    given = os.environ.get(f"LIMELIGHT_BENCH_{variable}")
    if given:
        return Path(given)
    python = ENVIRONMENTS / folder / "bin" / "python"
    return python if python.exists() else _installed(ENVIRONMENTS / folder, package)


def _installed(folder: Path, what: str) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    ENVIRONMENTS.mkdir(exist_ok=True)
    (ENVIRONMENTS / ".gitignore").write_text("*\n")
    python = folder / "bin" / "python"
    try:
        _run(f"making {folder.name}", [sys.executable, "-m", "venv", str(folder)])
        _run(f"installing {Path(what).name}", [str(python), "-m", "pip", "install", "-q", what])
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)  # a half-made one would be taken for whole
        raise
    return python


def _run(what: str, command: list[str], **variables: str) -> None:
    print(f"bench: {what}", file=sys.stderr, flush=True)
    env = {**os.environ, **variables}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=env)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
