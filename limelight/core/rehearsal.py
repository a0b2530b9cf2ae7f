"""What an app wants to have run before anybody calls it, and what it needs for that.

The seam between `app`, which describes, and `runtime`, which runs. Has no behaviour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from limelight.errors import LimelightError

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from limelight.core.listener import Listener

__all__ = ["ExampleFailed", "Preparation", "Stage"]


class ExampleFailed(LimelightError):
    """A function failed for a row of examples whose result was to be kept."""

    code = "example-failed"


class Stage(Protocol):
    """Runs functions outside the queue, in nobody's session."""

    def perform(self, listener: Listener, values: list[Any]) -> AsyncGenerator[list[Any]]:
        """The payloads of each step of a function, one per output; files are `FileData`.

        Args:
            listener: The function with its inputs and outputs; it need not be part of an app.
            values: Python values of the inputs, as an author writes them.
        """
        ...

    def vouch(self, path: str) -> None:
        """Let functions return a file, wherever it lies."""


class Preparation(Protocol):
    """Part of an app that has functions run before anybody calls them."""

    def attach(self, stage: Stage) -> None:
        """Keep what can run functions; called before the app is served."""

    async def prepare(self) -> None:
        """Run what has to be run; called once, when the app is served."""
