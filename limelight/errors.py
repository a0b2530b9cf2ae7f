"""Every error that the package raises.

LimelightError
├── PropError                 (TypeError)     a block was given an unknown prop or a wrong value
├── ListenerError             (TypeError)     a listener's function and blocks do not fit together
├── LayoutError               (RuntimeError)  a block stands where it may not
│   └── DuplicateBlockError   a block was placed on the page twice
├── ValueRejected             (ValueError)    a function returned what a component cannot show
├── PayloadError              (ValueError)    a request carries what a component cannot take
├── FileAccessError           (PermissionError) a file may not be read or served
├── MissingExtra              (ImportError)   an optional package is not installed
├── NotAvailable              (RuntimeError)  a feature that this version does not have
├── ServerFailedToStartError  (RuntimeError)  no port was free, or the server stopped at once
├── InvalidApiName            (ValueError)    no endpoint has this name
├── NoAnswer                  (TimeoutError)  a function asked, and nobody answered
└── Error                     what an app's author raises to tell the reader something
"""

from __future__ import annotations

__all__ = [
    "DuplicateBlockError",
    "Error",
    "FileAccessError",
    "InvalidApiName",
    "LayoutError",
    "LimelightError",
    "ListenerError",
    "MissingExtra",
    "NoAnswer",
    "NotAvailable",
    "PayloadError",
    "PropError",
    "ServerFailedToStartError",
    "ValueRejected",
]


class LimelightError(Exception):
    """Anything that went wrong inside the package or in how it was used."""

    code: str = "limelight-error"
    """Stable name of the error in kebab case, for documentation and logs."""


class PropError(LimelightError, TypeError):
    """A block was given a prop it does not have, or a value that the prop cannot take."""

    code = "prop"


class ListenerError(LimelightError, TypeError):
    """A listener's function, inputs or outputs do not fit together."""

    code = "listener"


class LayoutError(LimelightError, RuntimeError):
    """A block stands where it may not."""

    code = "layout"


class DuplicateBlockError(LayoutError):
    """A block was placed on the page twice."""

    code = "duplicate-block"


class ValueRejected(LimelightError, ValueError):
    """A function returned a value that its output component cannot show."""

    code = "value-rejected"


class PayloadError(LimelightError, ValueError):
    """A request carries a value that its input component cannot take.

    The text may be shown to the sender.
    """

    code = "payload"


class FileAccessError(LimelightError, PermissionError):
    """A file may not be read or served. One text for "forbidden" and for "does not exist"."""

    code = "file-access"


class MissingExtra(LimelightError, ImportError):
    """An optional package is not installed; the text says which extra brings it."""

    code = "missing-extra"


class NotAvailable(LimelightError, RuntimeError):
    """A feature that this version does not have yet."""

    code = "not-available"


class ServerFailedToStartError(LimelightError, RuntimeError):
    """No port was free, or the server stopped right after its start."""

    code = "server-start"


class InvalidApiName(LimelightError, ValueError):
    """No endpoint of the app has this name."""

    code = "api-name"


class NoAnswer(LimelightError, TimeoutError):
    """A function asked its caller, and nobody answered: in time, before the end, or at all."""

    code = "no-answer"


class Error(LimelightError):
    """Raise it in a function to tell the reader of the page what went wrong.

    Args:
        message: Shown in a toast and on the outputs.
        duration: Seconds until the toast goes; None keeps it until it is closed, 0 shows none.
        visible: Whether a toast is shown at all.
        title: Heading of the toast.
        print_exception: Whether the traceback is logged.
    """

    code = "error"

    def __init__(
        self,
        message: str = "Error raised.",
        duration: float | None = 10,
        visible: bool = True,
        title: str = "Error",
        print_exception: bool = True,
    ) -> None:
        self.message = message
        self.duration = duration
        self.visible = visible
        self.title = title
        self.print_exception = print_exception
        super().__init__(message)

    def __str__(self) -> str:
        return repr(self.message)
