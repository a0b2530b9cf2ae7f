"""The built-in components: one folder per tag. Public names are looked up when they are used."""

from __future__ import annotations

from typing import Any

from limelight import catalog


def __getattr__(name: str) -> Any:
    from importlib import import_module

    module = catalog.NAMES.get(name) or _MORE.get(name)
    if module is None:
        raise AttributeError(f"module 'limelight.components' has no attribute {name!r}")
    return getattr(import_module(module), name)


_MORE = {
    "Component": "limelight.core.component",
    "component": "limelight.core.lookup",
    "FormComponent": "limelight.core.component",
    "StreamingInput": "limelight.core.streaming",
    "StreamingOutput": "limelight.core.streaming",
    "get_component_instance": "limelight.core.lookup",
}


_BUILT_IN = [n for n, module in catalog.NAMES.items() if module.startswith("limelight.components.")]

# Looked up like every name here, so type checkers do not find them.
__all__ = [*_BUILT_IN, *_MORE]  # noqa: PLE0604  # pyright: ignore[reportUnsupportedDunderAll]


def __dir__() -> list[str]:
    return sorted({*globals(), *catalog.NAMES, *_MORE})
