"""`TabbedInterface`: several apps, one per tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from limelight.app.blocks import Blocks
from limelight.core.lookup import class_of_tag
from limelight.errors import PropError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TabbedInterface"]


class TabbedInterface(Blocks, tag="tabbedinterface"):
    """Several apps, one per tab.

    Args:
        interface_list: The apps.
        tab_names: Titles of the tabs; "Tab 0", "Tab 1", … if None.
        title: Heading, and title of the browser's tab.
        analytics_enabled: Accepted for old apps; nothing is ever reported.
        tabs_kwargs: Props of the `Tabs`.
    """

    def __init__(
        self,
        interface_list: Sequence[Blocks],
        tab_names: list[str] | None = None,
        title: str | None = None,
        analytics_enabled: bool | None = None,
        tabs_kwargs: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        if title:
            kwargs["title"] = title
        super().__init__(analytics_enabled=analytics_enabled, mode="tabbed_interface", **kwargs)
        names = tab_names or [f"Tab {number}" for number in range(len(interface_list))]
        if len(names) != len(interface_list):
            raise PropError(
                f"TabbedInterface() was given {len(interface_list)} apps and {len(names)} names; "
                "expected one name per app."
            )
        tabs, tab = cast("Any", class_of_tag("tabs")), cast("Any", class_of_tag("tabitem"))
        with self:
            if title:
                heading = f"<h1 style='text-align: center; margin-bottom: 1rem'>{title}</h1>"
                cast("Any", class_of_tag("markdown"))(heading)
            with tabs(**(tabs_kwargs or {})):
                for app, name in zip(interface_list, names, strict=True):
                    with tab(label=name):
                        app.render()
