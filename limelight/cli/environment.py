"""`limelight environment`: versions and settings, for bug reports. Prints no secret."""

from __future__ import annotations

import os
import platform
from importlib import metadata

__all__ = ["environment"]

_PACKAGES = (
    "starlette", "uvicorn", "msgspec", "python-multipart", "websockets", "anyio", "httptools",
    "uvloop", "numpy", "pillow", "pandas", "matplotlib",
)  # fmt: skip


def environment() -> int:
    """Print what matters for a bug report; returns 0."""
    import limelight

    print(f"limelight {limelight.__version__}")
    print(f"Python {platform.python_version()} ({platform.python_implementation()})")
    print(f"System {platform.system()} {platform.release()} {platform.machine()}")
    print("\nPackages")
    for name in _PACKAGES:
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            version = "not installed"
        print(f"  {name} {version}")
    given = sorted(n for n in os.environ if n.startswith(("LIMELIGHT_", "GRADIO_")))
    print("\nSettings from the environment (names only)")
    print("\n".join(f"  {name}" for name in given) or "  none")
    return 0
