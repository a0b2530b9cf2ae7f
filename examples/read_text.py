"""Read the text in a photograph or a scan.

The model is RapidOCR; its weights come with its package, so nothing is downloaded when it runs.
Needs: `pip install -r examples/requirements/read_text.txt`, which `make demo` does.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw
from rapidocr_onnxruntime import RapidOCR

import limelight as gr

SAMPLES = Path(__file__).parent / "samples"
ACCENT = (13, 148, 136)


@cache
def reader() -> RapidOCR:
    """The model, loaded once."""
    return RapidOCR()


def in_reading_order(lines: list[Any]) -> list[Any]:
    """Lines from top to bottom, and from left to right where they stand beside each other."""
    if not lines:
        return []
    heights = [max(p[1] for p in box) - min(p[1] for p in box) for box, _, _ in lines]
    row = max(1.0, float(np.median(heights)) * 0.7)
    return sorted(lines, key=lambda line: (round(line[0][0][1] / row), line[0][0][0]))


def read_text(
    image: np.ndarray, least_confidence: float = 0.5
) -> tuple[Image.Image, str, dict[str, Any]]:
    """Read the text in an image.

    Args:
        image: `(height, width, 3)` uint8 RGB.
        least_confidence: Lines that the model is less sure of are left out; 0 to 1.
    """
    if image is None:
        raise gr.Error("Choose an image first, or click one of the examples.", title="No image")
    found, _ = reader()(image[:, :, ::-1])  # the model takes BGR
    lines = [line for line in in_reading_order(found or []) if line[2] >= least_confidence]
    if not lines:
        gr.Warning("No text was found. Try a sharper image, or a lower confidence.")

    shown = Image.fromarray(image).convert("RGBA")
    overlay = Image.new("RGBA", shown.size)
    draw = ImageDraw.Draw(overlay)
    width = max(2, shown.width // 320)
    for box, _, confidence in lines:
        corners = [tuple(point) for point in box]
        draw.polygon(corners, fill=(*ACCENT, 40))
        draw.line([*corners, corners[0]], fill=(*ACCENT, int(120 + 135 * confidence)), width=width)
    shown = Image.alpha_composite(shown, overlay).convert("RGB")

    text = "\n".join(text for _, text, _ in lines)
    details = {
        "lines": [
            {
                "text": text,
                "confidence": round(float(confidence), 3),
                "box": [[round(float(x)), round(float(y))] for x, y in box],
            }
            for box, text, confidence in lines
        ]
    }
    return shown, text, details


demo = gr.Interface(
    read_text,
    [
        gr.Image(label="Image", height=400),
        gr.Slider(
            0,
            1,
            0.5,
            step=0.05,
            label="Least confidence",
            info="Lines that the model is less sure of are left out.",
        ),
    ],
    [
        gr.Image(label="Where it was found", height=400),
        gr.Textbox(label="Text", lines=6, buttons=["copy"]),
        gr.JSON(label="Boxes and confidences", max_height=260),
    ],
    examples=[
        [str(SAMPLES / "receipt.jpg")],
        [str(SAMPLES / "letter.jpg")],
        [str(SAMPLES / "page.png")],
    ],
    flagging_mode="never",
    title="Read text",
    description="Upload a photograph or a scan, paste one, or take one with the camera. "
    "The model runs on this machine; nothing is sent anywhere else.",
    api_name="read_text",
)

if __name__ == "__main__":
    demo.launch()
