"""Public names of `gradio.components.multimodal_textbox`, for apps that import them from there."""

from __future__ import annotations

from limelight.components.multimodal_textbox.multimodal_textbox import (
    MultimodalData,
    MultimodalTextbox,
    MultimodalValue,
)

__all__ = ["MultimodalData", "MultimodalTextbox", "MultimodalValue"]
