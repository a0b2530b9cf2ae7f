"""Public names of `gradio.components.image`, for apps that import them from there."""

from __future__ import annotations

from limelight.components.image.image import Image, WatermarkOptions, WebcamOptions

__all__ = ["Image", "WatermarkOptions", "WebcamOptions"]
