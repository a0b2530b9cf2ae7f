"""`--reload`: a child process serves and starts again when a file beside the script changes.

Browser halves of components are the child's own affair: it gives open pages their new code.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
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
            if file.endswith((".py", ".css", ".js", ".mjs", ".html")):
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
    with tempfile.TemporaryDirectory(prefix="limelight-") as folder:
        return _Watcher(script.parent, command, Path(folder, "hot")).run()


class _Watcher:
    """Runs a command again whenever a file in a folder changes.

    Args:
        folder: With the files.
        command: Serves the app.
        hot: File in which the child names those whose changes it takes over itself.
    """

    def __init__(self, folder: Path, command: list[str], hot: Path) -> None:
        self._folder = folder
        self._command = command
        self._hot = hot
        self._is_ending = False

    def run(self) -> int:
        """Until Ctrl+C or SIGTERM; the exit status."""
        handler = signal.signal(signal.SIGTERM, self._terminate)
        before = _stamps(self._folder)
        child = self._start()
        try:
            while not self._is_ending:
                time.sleep(_INTERVAL_S)
                now = _stamps(self._folder)
                changed = {p for p in {*now, *before} if now.get(p) != before.get(p)}
                before = now
                if others := sorted(changed - self._swapped(child)):
                    print(f"* {Path(others[0]).name} changed, starting again")
                    _stop(child, signal.SIGINT)
                    child = self._start()
        except KeyboardInterrupt:
            pass
        finally:
            signal.signal(signal.SIGTERM, handler)
            _stop(child, signal.SIGTERM if self._is_ending else signal.SIGINT)
        return 0

    def _terminate(self, *_: object) -> None:
        self._is_ending = True  # between two looks, so that no child is on its way

    def _start(self) -> subprocess.Popen[bytes]:
        self._hot.unlink(missing_ok=True)
        environment = {"LIMELIGHT_HOT_RELOAD": "true", "LIMELIGHT_HOT_FILES": str(self._hot)}
        return subprocess.Popen(self._command, env={**os.environ, **environment})

    def _swapped(self, child: subprocess.Popen[bytes]) -> set[str]:
        """Files whose changes the child takes over."""
        if child.poll() is not None:
            return set()
        try:
            return set(self._hot.read_text("utf-8").splitlines())
        except FileNotFoundError:  # it has not come so far
            return set()


def _stop(child: subprocess.Popen[bytes], number: int) -> None:
    """End a child: soon by SIGINT, when all its calls are finished by SIGTERM."""
    if child.poll() is not None:
        return
    child.send_signal(number)
    try:
        child.wait(5 if number == signal.SIGINT else None)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        child.kill()
        child.wait()
