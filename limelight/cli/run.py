"""`limelight run app.py`: serve the app in a file, with `import gradio` meaning this package."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

from limelight import compat
from limelight.app.blocks import Blocks

__all__ = ["run"]


def run(
    path: str, *, host: str | None = None, port: int | None = None, reload: bool = False
) -> int:
    """Serve the app in a file until Ctrl+C.

    Args:
        path: The file, or `FILE:NAME` when the app is not called `demo`.
        host: Address to listen on.
        port: Port; the first free one from 7860 if None.
        reload: Whether the file is run again whenever it, or a module beside it, changes.

    Returns:
        The exit status.
    """
    file, _, name = path.partition(":") if not Path(path).exists() else (path, "", "")
    script = Path(file).resolve()
    if not script.is_file():
        print(
            f"limelight run: {file!r} is not a file. Give the path of a Python file with an app.",
            file=sys.stderr,
        )
        return 2
    if reload:
        from limelight.cli.reload import serve_and_watch

        return serve_and_watch(script, name, host=host, port=port)
    return serve(script, name, host=host, port=port)


def serve(script: Path, name: str, *, host: str | None, port: int | None) -> int:
    """Run a script and serve its app; a script that launches by itself is left to do so."""
    compat.install()
    sys.path.insert(0, str(script.parent))
    sys.argv = [str(script)]
    launched: list[Blocks] = []
    original = Blocks.launch

    def launch(self: Blocks, *args: Any, **kwargs: Any) -> Any:
        launched.append(self)
        given = {"server_name": host, "server_port": port}
        return original(
            self, *args, **{**kwargs, **{k: v for k, v in given.items() if v is not None}}
        )

    Blocks.launch = launch  # type: ignore[method-assign]  # the command line's host and port win
    try:
        scope = runpy.run_path(str(script), run_name="__main__")
        if launched:
            return 0
        app = _app_in(scope, name)
        if app is None:
            print(
                f"limelight run: {script.name} has no app called {name or 'demo'!r}. Name it "
                f"`demo`, or run `limelight run {script.name}:NAME`.",
                file=sys.stderr,
            )
            return 2
        app.launch()
    finally:
        Blocks.launch = original  # type: ignore[method-assign]
    return 0


def _app_in(scope: dict[str, Any], name: str) -> Blocks | None:
    if name:
        found = scope.get(name)
        return found if isinstance(found, Blocks) else None
    preferred = scope.get("demo")
    if isinstance(preferred, Blocks):
        return preferred
    apps = [value for value in scope.values() if isinstance(value, Blocks)]
    return apps[-1] if apps else None
