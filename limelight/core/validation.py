"""`validate`: what a validator says of one input. Checks nothing itself."""

from __future__ import annotations

from typing import Any

__all__ = ["validate"]


def validate(is_valid: bool, message: str) -> dict[str, Any]:
    """The answer of a `validator=` for one input.

    Args:
        is_valid: Whether the input may be used.
        message: Shown beside the component if not.
    """
    return {"__type__": "validate", "is_valid": is_valid, "message": message}
