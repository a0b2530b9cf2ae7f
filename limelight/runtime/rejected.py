"""How the runtime says no: an HTTP-like status and a detail, without knowing HTTP."""

from __future__ import annotations

from typing import Any

from limelight.errors import LimelightError

__all__ = ["CallFailed", "Rejected"]


class Rejected(LimelightError):
    """A request that is not accepted. `status` is the HTTP status that says the same."""

    code = "rejected"

    def __init__(self, status: int, detail: Any, *, retry_after_s: int | None = None) -> None:
        super().__init__(detail if isinstance(detail, str) else repr(detail))
        self.status = status
        self.detail = detail
        self.retry_after_s = retry_after_s
        """Seconds after which it may be accepted; None if that cannot be said."""


class CallFailed(LimelightError):
    """A direct call whose function failed; `error` is the error object for the caller."""

    code = "call-failed"

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(str(error.get("error")))
        self.error = error
