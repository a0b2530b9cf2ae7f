"""Take the noise out of a picture, step by step, and watch it go.

Minimises the total variation, with the projection of A. Chambolle, "An algorithm for total
variation minimization and applications", Journal of Mathematical Imaging and Vision 20 (2004),
89-97; the colours of a pixel share one length, as in X. Bresson and T. F. Chan, "Fast dual
minimization of the vectorial total variation norm and applications to color image processing",
Inverse Problems and Imaging 2 (2008), 455-484.
It shows a function that yields, with progress and a stop button, and one that takes waiting calls
together.
Needs: `pip install -r examples/requirements/denoise.txt`, which `make demo DEMO=denoise` does.
"""

from __future__ import annotations

import logging
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

import limelight as gr

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLES = Path(__file__).parent / "samples"
LONGEST_SIDE_PX = 1024
STEP_SIZE = 0.25
"""Chambolle proves that 1/8 converges, and finds that 1/4 does in practice, in half the steps."""
STEPS_TOGETHER = 60
"""Steps of the pictures that are taken together."""

log = logging.getLogger("denoise")


# ---- the algorithm; pictures are `(..., height, width, 3)` float32, 0-255 ------------------------


def gradient(u: np.ndarray) -> np.ndarray:
    """Differences to the next row and to the next column, 0 at the far edges."""
    g = np.zeros((2, *u.shape), u.dtype)
    g[0][..., :-1, :, :] = u[..., 1:, :, :] - u[..., :-1, :, :]
    g[1][..., :, :-1, :] = u[..., :, 1:, :] - u[..., :, :-1, :]
    return g


def divergence(p: np.ndarray) -> np.ndarray:
    """The negative adjoint of `gradient`."""
    d = np.zeros(p.shape[1:], p.dtype)
    d[..., :-1, :, :] += p[0][..., :-1, :, :]
    d[..., 1:, :, :] -= p[0][..., :-1, :, :]
    d[..., :, :-1, :] += p[1][..., :, :-1, :]
    d[..., :, 1:, :] -= p[1][..., :, :-1, :]
    return d


def chambolle(noisy: np.ndarray, weight: np.ndarray) -> Iterator[np.ndarray]:
    """What each step of the projection leaves of a picture, or of a stack of them; endless.

    Args:
        noisy: `(..., height, width, 3)` float32.
        weight: How much is smoothed, in grey levels; one per picture, to be broadcast.
    """
    scaled = noisy / weight
    p = np.zeros((2, *noisy.shape), noisy.dtype)
    spread = np.zeros_like(noisy)
    while True:
        g = gradient(spread - scaled)
        length = np.sqrt((g * g).sum(axis=(0, -1), keepdims=True))[0]
        p = (p + STEP_SIZE * g) / (1 + STEP_SIZE * length)
        spread = divergence(p)
        yield noisy - weight * spread


def noise_of(picture: np.ndarray) -> float:
    """Standard deviation of the noise, in grey levels of 255.

    The median of the finest diagonal differences, of D. L. Donoho and I. M. Johnstone, "Ideal
    spatial adaptation by wavelet shrinkage", Biometrika 81 (1994), 425-455.
    """
    height, width = (side // 2 * 2 for side in picture.shape[:2])
    p = picture[:height, :width].astype(np.float32)
    diagonal = (p[::2, ::2] - p[1::2, ::2] - p[::2, 1::2] + p[1::2, 1::2]) / 2
    return float(np.median(np.abs(diagonal)) / 0.6745)


def psnr_of(picture: np.ndarray, original: np.ndarray) -> float:
    """Peak signal-to-noise ratio in dB, of two pictures of one size with 0-255."""
    error = np.mean((picture.astype(np.float32) - original.astype(np.float32)) ** 2)
    return float(10 * np.log10(255**2 / max(float(error), 1e-9)))


# ---- what the page calls ------------------------------------------------------------------------


def fitted(picture: np.ndarray | None) -> np.ndarray:
    """The picture, made smaller if it is too large to be watched."""
    if picture is None:
        raise gr.Error("Choose a picture first, or click one of the examples.", title="No picture")
    if max(picture.shape[:2]) <= LONGEST_SIDE_PX:
        return picture
    gr.Info(f"Your picture was made smaller: {LONGEST_SIDE_PX} pixels on its longer side.")
    small = Image.fromarray(picture)
    small.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX))
    return np.asarray(small)


def shown(picture: np.ndarray) -> np.ndarray:
    """A picture of the algorithm as uint8."""
    return np.clip(np.rint(picture), 0, 255).astype(np.uint8)


def weight_for(picture: np.ndarray, strength: float) -> float:
    """How much is smoothed; never 0, as it is divided by."""
    return max(strength * noise_of(picture), 0.1)


def denoise(
    picture: np.ndarray | None,
    strength: float = 1,
    steps: float = 100,
    every: float = 2,
    original: np.ndarray | None = None,
    progress: Any = gr.Progress(),  # noqa: B008
) -> Iterator[tuple[np.ndarray, str]]:
    """Take the noise out of a picture.

    Args:
        picture: `(height, width, 3)` uint8 RGB.
        strength: How much is smoothed; 1 is as much as there is noise.
        steps: How many steps are made.
        every: How many steps there are from one picture shown to the next.
        original: The picture without noise, if it is known, to compare with.
    """
    noisy = fitted(picture)
    if original is not None and original.shape != noisy.shape:
        gr.Warning("The original has another size than the picture, so they are not compared.")
        original = None
    steps, every = int(steps), int(every)
    noise = noise_of(noisy)

    def numbers(step: int, now: np.ndarray) -> str:
        lines = [f"Step {step} of {steps}", f"Noise {noise:.1f} → {noise_of(now):.1f} of 255"]
        if original is not None:
            before, after = psnr_of(noisy, original), psnr_of(now, original)
            lines.append(f"PSNR {before:.1f} → {after:.1f} dB")
        return "\n".join(lines)

    smoothed = chambolle(noisy.astype(np.float32), np.float32(weight_for(noisy, strength)))
    step = 0
    try:
        for step, result in enumerate(islice(smoothed, steps), 1):
            progress((step, steps), desc="Denoising")
            if step % every == 0 or step == steps:
                now = shown(result)
                yield now, numbers(step, result)
    finally:  # also when the reader stops it, or closes the page
        log.info("ended at step %d of %d", step, steps)


def denoise_together(
    pictures: list[np.ndarray | None], strengths: list[float]
) -> tuple[list[np.ndarray], list[str]]:
    """Take the noise out of all pictures that wait.

    Those of one size are one stack of numbers, and take one pass of each step.
    """
    given = [fitted(picture) for picture in pictures]
    results = list(given)
    for shape in {picture.shape for picture in given}:
        places = [i for i, picture in enumerate(given) if picture.shape == shape]
        weights = [weight_for(given[i], strengths[i]) for i in places]
        stack = np.stack([given[i] for i in places]).astype(np.float32)
        smoothed = chambolle(stack, np.array(weights, np.float32).reshape(-1, 1, 1, 1))
        last = next(islice(smoothed, STEPS_TOGETHER - 1, None))
        for i, result in zip(places, last, strict=True):
            results[i] = shown(result)
    count = len(pictures)
    others = f"{count} pictures were taken together." if count > 1 else "It was taken alone."
    notes = [
        f"{others}\nNoise {noise_of(before):.1f} → {noise_of(after):.1f} of 255"
        for before, after in zip(given, results, strict=True)
    ]
    return results, notes


# ---- the page -----------------------------------------------------------------------------------


def strength_slider() -> Any:
    """How much is smoothed."""
    return gr.Slider(0.1, 2, 1, step=0.1, label="Strength", info="1 is as much as there is noise.")


with gr.Blocks(title="Denoise") as demo:
    gr.Markdown(
        "# Denoise\n"
        "Take the noise out of a photograph and watch it go, step by step. "
        "Nothing is sent anywhere else."
    )
    with gr.Tab("Step by step"):
        with gr.Row():
            with gr.Column():
                noisy = gr.Image(label="Noisy picture", height=340)
                strength = strength_slider()
                with gr.Row():
                    steps = gr.Slider(10, 400, 100, step=10, label="Steps", min_width=220)
                    every = gr.Slider(1, 20, 2, step=1, label="Steps per picture", min_width=220)
                with gr.Row():
                    start = gr.Button("Denoise", variant="primary")
                    stop = gr.Button("Stop", variant="stop")
            with gr.Column():
                result = gr.Image(label="Denoised", height=340, interactive=False)
                numbers = gr.Textbox(label="How far", lines=3, interactive=False)
                with gr.Accordion("Compare with the original", open=False):
                    original = gr.Image(label="Original", height=240)
        gr.Examples(
            [
                [str(SAMPLES / "noisy_harbour.jpg"), str(SAMPLES / "harbour.jpg")],
                [str(SAMPLES / "noisy_letter.jpg"), str(SAMPLES / "letter_part.jpg")],
            ],
            [noisy, original],
            label="Noisy pictures with their originals",
        )
        running = start.click(
            denoise,
            [noisy, strength, steps, every, original],
            [result, numbers],
            concurrency_limit=2,
        )
        stop.click(None, cancels=running)

    with gr.Tab("Together with others"):
        gr.Markdown(
            "Pictures that wait are taken together, up to eight in one call, whoever sent them. "
            "Open this page in several windows to see it."
        )
        with gr.Row():
            with gr.Column():
                queued = gr.Image(label="Noisy picture", height=340)
                queued_strength = strength_slider()
                send = gr.Button("Denoise", variant="primary")
            with gr.Column():
                done = gr.Image(label="Denoised", height=340, interactive=False)
                note = gr.Textbox(label="How it was taken", lines=2, interactive=False)
        gr.Examples(
            [[str(SAMPLES / "noisy_harbour.jpg")], [str(SAMPLES / "noisy_letter.jpg")]],
            queued,
            label="Noisy pictures",
            api_name="load_queued",
        )
        send.click(
            denoise_together,
            [queued, queued_strength],
            [done, note],
            batch=True,
            max_batch_size=8,
            max_wait=0.3,
        )

if __name__ == "__main__":
    demo.launch()
