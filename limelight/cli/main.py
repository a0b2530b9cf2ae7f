"""The command line: `run`, `environment`, `codegen`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]


INTERRUPTED = 130
"""What shells say of a program that Ctrl+C ended: 128 and the number of the signal."""


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("limelight", description="Serve Python functions as web apps.")
    commands = parser.add_subparsers(dest="command", required=True)

    run = commands.add_parser("run", help="serve the app in a Python file")
    run.add_argument("path", help="Python file, or FILE:NAME when the app is not called `demo`")
    run.add_argument("--host", help="address to listen on (127.0.0.1)")
    run.add_argument("--port", type=int, help="port (the first free one from 7860)")
    run.add_argument("--reload", action="store_true", help="start again when a file changes")

    commands.add_parser("environment", help="print versions and settings, for bug reports")

    generate = commands.add_parser("codegen", help="write the generated files of this package")
    generate.add_argument("--check", action="store_true", help="only name files that are stale")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status."""
    parser = _parser()
    given = parser.parse_args(arguments)
    if given.command == "run":
        from limelight.cli.run import run

        try:
            return run(given.path, host=given.host, port=given.port, reload=given.reload)
        except KeyboardInterrupt:  # before it listened; where in the start does not matter
            return INTERRUPTED
    if given.command == "environment":
        from limelight.cli.environment import environment

        return environment()
    from limelight.cli.codegen import codegen

    return codegen(parser, check=given.check)
