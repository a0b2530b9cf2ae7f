"""`Info`, `Warning`, `Success`: toasts that a running function shows.

Outside a call they are logged.
"""

from __future__ import annotations

import logging

from limelight.core.context import current_reporter

__all__ = ["Info", "Success", "Warning"]

_log = logging.getLogger("limelight.notices")


def _show(message: str, level: str, duration: float | None, visible: bool, title: str) -> None:
    reporter = current_reporter.get()
    if reporter is None:
        _log.info("%s: %s", title, message)
        return
    reporter.log(message, level=level, duration=duration, visible=visible, title=title)


def Info(
    message: str = "Info issued.",
    duration: float | None = 10,
    visible: bool = True,
    title: str = "Info",
) -> None:
    """Show a neutral toast for `duration` seconds; None keeps it until it is closed."""
    _show(message, "info", duration, visible, title)


def Warning(
    message: str = "Warning issued.",
    duration: float | None = 10,
    visible: bool = True,
    title: str = "Warning",
) -> None:
    """Show a warning toast for `duration` seconds; None keeps it until it is closed."""
    _show(message, "warning", duration, visible, title)


def Success(
    message: str = "Success.",
    duration: float | None = 10,
    visible: bool = True,
    title: str = "Success",
) -> None:
    """Show a toast of success for `duration` seconds; None keeps it until it is closed."""
    _show(message, "success", duration, visible, title)
