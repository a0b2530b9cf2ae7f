"""From a Python function to a web app, an HTTP API and a client call.

Opens the door and nothing else: a name is imported when it is first used.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from limelight import catalog

if TYPE_CHECKING:
    from collections.abc import Sequence

__version__ = "0.1.0"
__all__: Sequence[str]
__all__ = [  # pyright: ignore[reportUnsupportedDunderAll]  # the stub lists them
    *catalog.NAMES,
    *catalog.MODULES,
    "__version__",
]


def __getattr__(name: str) -> Any:
    from importlib import import_module

    if name in catalog.NAMES:
        value = getattr(import_module(catalog.NAMES[name]), name)
        globals()[name] = value
        return value
    if name in catalog.MODULES:
        return import_module(catalog.MODULES[name])
    if name.startswith("__"):
        raise AttributeError(name)
    from limelight.core.props import closest

    raise AttributeError(f"module 'limelight' has no attribute {name!r}.{closest(name, __all__)}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Submodules:
    """Finds `limelight.events` and its kin, which are views; asked last, so it costs nothing."""

    @staticmethod
    def find_spec(fullname: str, path: Any = None, target: Any = None) -> Any:
        if not fullname.startswith("limelight."):
            return None
        from limelight.compat.submodules import Views

        return Views("limelight").find_spec(fullname, path, target)


sys.meta_path.append(_Submodules)  # type: ignore[arg-type]  # a finder is anything with find_spec
