"""Public names of `gradio.components.textbox`, for apps that import them from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from limelight.components.textbox.attributes import InputHTMLAttributes
    from limelight.components.textbox.textbox import Textbox

__all__ = ["InputHTMLAttributes", "Textbox"]


def __getattr__(name: str) -> Any:
    # Looked up late: pages with a text box rarely need the other one.
    if name == "Textbox":
        from limelight.components.textbox.textbox import Textbox

        return Textbox
    if name == "InputHTMLAttributes":
        from limelight.components.textbox.attributes import InputHTMLAttributes

        return InputHTMLAttributes
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
