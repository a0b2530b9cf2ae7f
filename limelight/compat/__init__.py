"""Lets apps that were written for Gradio run here: after `install()`, `import gradio` gives us."""

from __future__ import annotations

__all__ = ["install"]


def install() -> None:
    """From now on `import gradio`, and its public submodules, give this package.

    Twice does no harm.
    """
    from limelight.compat.submodules import install as put

    put()
