"""`--reload`: a child process serves and starts again when a file beside the script changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

__all__ = ["serve_and_watch"]

_INTERVAL_S = 0.4
_SKIPPED = {".git", ".venv", "node_modules", "__pycache__", ".gradio"}


def _stamps(folder: Path) -> dict[str, float]:
    """Change times of the Python files below a folder, by path."""
    found: dict[str, float] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = [f for f in folders if f not in _SKIPPED and not f.startswith(".")]
        for file in files:
            if file.endswith((".py", ".css", ".js", ".html")):
                path = os.path.join(place, file)
                try:
                    found[path] = os.stat(path).st_mtime
                except FileNotFoundError:  # removed between the listing and the look
                    continue
    return found


def serve_and_watch(script: Path, name: str, *, host: str | None, port: int | None) -> int:
    """Serve a script in a child process until Ctrl+C; returns the exit status."""
    command = [
        sys.executable,
        "-m",
        "limelight",
        "run",
        f"{script}:{name}" if name else str(script),
    ]
    if host is not None:
        command += ["--host", host]
    command += ["--port", str(port or 7860)]
    before = _stamps(script.parent)
    child = subprocess.Popen(command)
    try:
        while True:
            time.sleep(_INTERVAL_S)
            now = _stamps(script.parent)
            if now != before:
                changed = sorted(p for p in {*now, *before} if now.get(p) != before.get(p))
                print(f"* {Path(changed[0]).name} changed, starting again")
                before = now
                _stop(child)
                child = subprocess.Popen(command)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(child)


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
