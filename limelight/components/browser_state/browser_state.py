"""BrowserState: a value that the reader's browser keeps across visits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import Component
from limelight.core.props import prop

__all__ = ["BrowserState"]


class BrowserState(Component[Any, Any], tag="browserstate"):
    """A JSON value that the reader's browser keeps, across visits too. Draws nothing.

    The browser stores it encrypted where the page comes by TLS or from this machine, and as plain
    text elsewhere, where browsers have no encryption. The key is on the page: it keeps other pages
    of the address from reading the value by chance, and protects it from nobody who can open the
    page. What the function gets may have been changed by the reader.
    """

    default_value: Any = prop(default=None, kw_only=False)
    """What it holds as long as the browser has nothing stored; any JSON."""
    storage_key: str | None = None
    """Name in the browser's storage; a new one at each start if None, so that no value outlives
    the server.
    """
    secret: str | None = None
    """What the value is encrypted with; a new one at each start if None, as for `storage_key`."""
    value: Any = prop(default=None, wire=False)
    """Not used: the browser has the value."""

    if TYPE_CHECKING:  # they cannot take inherited fields away

        def __init__(
            self,
            default_value: Any = None,
            *,
            storage_key: str | None = None,
            secret: str | None = None,
            render: bool = True,
        ) -> None: ...

    change = events.change

    is_invisible = True
    is_personal = True
    """Links to what a page shows leave it out."""

    def setup(self) -> None:
        import secrets

        super().setup()
        self.storage_key = self.storage_key or secrets.token_urlsafe(12)
        self.secret = self.secret or secrets.token_urlsafe(12)

    def wire_props(self) -> dict[str, Any]:
        names = ("default_value", "storage_key", "secret", "name", "_selectable")
        return {name: value for name, value in super().wire_props().items() if name in names}

    def breaks_grouping(self) -> bool:
        """Whether it parts form controls that stand around it: no."""
        return False

    def preprocess(self, payload: Any) -> Any:
        """What the browser has, or a copy of the default value: `null` gives `default_value`."""
        import copy

        return copy.deepcopy(self.default_value) if payload is None else payload

    def postprocess(self, value: Any) -> Any:
        """The value as JSON; None makes the browser forget it."""
        return value

    def api_info(self) -> dict[str, Any]:
        return {"type": {}, "description": "any json-serializable value"}

    def example_payload(self) -> Any:
        return "test"

    def example_value(self) -> Any:
        return "test"
