"""Public names of `gradio.components.label`, for apps that import them from there."""

from __future__ import annotations

from limelight.components.label.label import Label, LabelConfidence, LabelData

__all__ = ["Label", "LabelConfidence", "LabelData"]
