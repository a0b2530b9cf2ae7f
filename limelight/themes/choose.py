"""The theme that an app's `theme=` means. Knows the names of the built-in ones."""

from __future__ import annotations

import warnings

from limelight.core.props import closest
from limelight.errors import PropError
from limelight.themes.builtin import (
    citrus,
    cyberpunk,
    default,
    ember,
    glass,
    mario,
    monochrome,
    neon,
    ocean,
    origin,
    soft,
)
from limelight.themes.theme import Base, ThemeClass

__all__ = ["choose_theme"]

_BUILTIN: tuple[type[Base], ...] = (
    Base,
    default.Default,
    soft.Soft,
    monochrome.Monochrome,
    glass.Glass,
    origin.Origin,
    citrus.Citrus,
    ocean.Ocean,
    ember.Ember,
    cyberpunk.Cyberpunk,
    neon.Neon,
    mario.Mario,
)


def choose_theme(theme: object) -> ThemeClass:
    """The theme that was given or named.

    A name that is none of ours warns and means `Default`: an app must not stop for its colours.

    Args:
        theme: A theme, the name of a built-in one (`"soft"`), or None for `Default`.

    Raises:
        PropError: It is neither.
    """
    if theme is None:
        return default.Default()
    if isinstance(theme, ThemeClass):
        return theme
    if isinstance(theme, str):
        known = {cls.__name__.lower(): cls for cls in _BUILTIN}
        name = theme.lower().removeprefix("gradio/")
        if name in known:
            return known[name]()
        warnings.warn(
            f"theme={theme!r} is not a built-in theme, and themes are not loaded from the hub."
            f" Expected one of {', '.join(known)}.{closest(name, known)} The default is used.",
            stacklevel=2,
        )
        return default.Default()
    raise PropError(
        f"theme={theme!r} is not a theme. Expected an object such as Soft(), or a built-in name."
    )
