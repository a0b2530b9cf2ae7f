"""HTML: markup of your own, with values, styles and a script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from limelight.core import events
from limelight.core.component import Component
from limelight.core.container import Container
from limelight.core.events import CATALOGUE
from limelight.core.function import facts_of
from limelight.core.props import prop
from limelight.core.trigger import Event, Trigger
from limelight.errors import LayoutError, NotAvailable, PropError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from limelight.core.block import Block

__all__ = ["HTML"]

_ON_LOAD = "element.addEventListener('click', function() { trigger('click') });"
_QUOTED = re.compile(r"""(['"`])([^'"`\n]{1,100})\1""")


class HTML(Component[Any, Any], Container, tag="html"):
    """Markup of your own.

    `html_template` and `css_template` may use `${value}` and the props by name.

    Text from readers or models must not go into `value` unescaped: a `<script>` in it does not run,
    but handlers such as `onclick` and its looks do. `{{value}}` in the template escapes it, and
    `sandbox` shows markup of strangers.
    """

    value: Any = prop(default=None, kw_only=False)
    """The markup, or any JSON value that `html_template` uses."""
    label: str | None = None
    """Its name, used by the API and, with `show_label` and `container`, shown above it."""
    html_template: str = "${value}"
    """The markup around the value: a JavaScript template, in which Handlebars' `{{name}}`,
    `{{#if}}` and `{{#each}}` work, too. `@children` is where the blocks inside are drawn."""
    css_template: str = ""
    """CSS that applies inside only; a JavaScript template, too."""
    js_on_load: str | None = _ON_LOAD
    """JavaScript that runs once the markup is there.

    It has `element`, `trigger(event, data)`, `props` (setting `props.value` changes the value),
    `server` (the server functions), `upload(file)` and `watch(name, callback)`.
    """
    apply_default_css: bool = True
    """Whether the app's typography applies inside."""
    show_label: bool | None = False
    """Whether the label is shown."""
    min_height: int | None = None
    """Pixels."""
    max_height: int | None = None
    """Pixels; longer content scrolls."""
    container: bool = False
    """Whether it is drawn in a frame."""
    padding: bool = False
    """Whether there is room around the content."""
    autoscroll: bool = False
    """Whether it stays at the end when content is added."""
    buttons: list[Any] | None = None
    """Buttons in its corner."""
    head: str | None = None
    """Markup for the page's head that the content needs."""
    server_functions: list[Callable[..., Any]] | None = prop(default=None, wire=False)
    """Functions that the script can call as `server.NAME(…)`."""
    sandbox: bool = False
    """Whether the markup is drawn in a frame that can reach neither the page nor the app.

    For markup of readers, models and other strangers: its scripts run, and see only the frame,
    which is as high as what is in it. `js_on_load`, `head`, `server_functions` and blocks inside
    are for markup of your own.
    """

    if TYPE_CHECKING:  # they make none that takes more than the fields

        def __init__(
            self,
            value: Any = None,
            *,
            label: str | None = None,
            html_template: str = "${value}",
            css_template: str = "",
            js_on_load: str | None = _ON_LOAD,
            apply_default_css: bool = True,
            every: Any = None,
            inputs: Component[Any, Any] | Sequence[Component[Any, Any]] | None = None,
            show_label: bool | None = False,
            visible: bool | Literal["hidden"] = True,
            elem_id: str | None = None,
            elem_classes: list[str] | str | None = None,
            render: bool = True,
            key: int | str | tuple[int | str, ...] | None = None,
            preserved_by_key: list[str] | str | None = "value",
            min_height: int | None = None,
            max_height: int | None = None,
            container: bool = False,
            padding: bool = False,
            autoscroll: bool = False,
            buttons: list[Any] | None = None,
            head: str | None = None,
            server_functions: list[Callable[..., Any]] | None = None,
            sandbox: bool = False,
            info: str | None = None,
            scale: int | None = None,
            min_width: int | None = None,
            interactive: bool | None = None,
            load_fn: Callable[..., Any] | None = None,
            **props: Any,
        ) -> None: ...

    takes_more = "props"

    EVENTS = [name for name in CATALOGUE if name != "unload"]  # noqa: RUF012  # read by Block once
    change = events.change

    def _absorb(self, kwargs: dict[str, Any]) -> dict[str, Any]:
        known = type(self).prop_table
        self.props: dict[str, Any] = {n: v for n, v in kwargs.items() if n not in known}
        return {n: v for n, v in kwargs.items() if n in known}

    def setup(self) -> None:
        Component.setup(self)
        self.children = []
        self._tokens = []
        if self.buttons is None:
            self.buttons = []
        if self.sandbox:
            self._check_sandbox()

    def _check_sandbox(self) -> None:
        """A script of the author's would have nothing to work with: the frame cannot be reached."""
        if self.js_on_load == _ON_LOAD:
            self.js_on_load = None
        for name in ("js_on_load", "head", "server_functions"):
            given = getattr(self, name)
            if given:
                raise PropError(
                    f"HTML(sandbox=True) was given {name}={given!r:.80}; expected none, as the "
                    "page cannot reach what is in the frame. Put scripts into the markup, or leave "
                    "sandbox away if you trust the value."
                )

    def add(self, child: Block) -> None:
        """Put a block at the end.

        Raises:
            LayoutError: the markup stands in a frame, where blocks cannot be drawn.
        """
        if self.sandbox:
            raise LayoutError(
                f"{child!r} was put into HTML(sandbox=True); expected it elsewhere, as the page "
                "cannot draw blocks in the frame. Put it beside the HTML, or leave sandbox away."
            )
        super().add(child)

    if not TYPE_CHECKING:  # type checkers would take every misspelt name for an event

        def __getattr__(self, name: str) -> Trigger:
            """An event of the script's own: any name that stands in quotes in `js_on_load`."""
            script = self.__dict__.get("js_on_load") or ""
            if any(quoted == name for _, quoted in _QUOTED.findall(script)):
                return Trigger(self, Event(name))
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}. An event of its own "
                f"must stand in quotes in js_on_load: trigger({name!r})."
            )

    def has_event(self, event: str) -> bool:
        return super().has_event(event) or isinstance(getattr(self, event, None), Trigger)

    @property
    def skip_api(self) -> bool:
        return False

    def offered_functions(self) -> dict[str, Callable[..., Any]]:
        """Functions that the script may call, by name."""
        return {getattr(fn, "__name__", ""): _spread(fn) for fn in self.server_functions or []}

    def wire_props(self) -> dict[str, Any]:
        props = super().wire_props()
        props["props"] = self.props
        props["component_class_name"] = type(self).__name__
        if not self.sandbox:
            del props["sandbox"]
        for flag in ("_retryable", "_undoable", "likeable", "streamable"):
            props.setdefault(flag, False)
        return props

    def given_props(self) -> dict[str, Any]:
        given = super().given_props()
        if self.props:
            given["props"] = self.props
        return given

    def preprocess(self, payload: Any) -> Any:
        """The markup, or the value that the template uses."""
        return payload

    def postprocess(self, value: Any) -> Any:
        """The markup, or the value that the template uses."""
        return value

    def api_info(self) -> dict[str, Any]:
        return {"type": "string"}

    def example_payload(self) -> Any:
        return "<p>Hello</p>"

    def example_value(self) -> Any:
        return "<p>Hello</p>"

    def push_to_hub(
        self,
        name: str | None = None,
        head: str | None = None,
        description: str = "",
        author: str = "",
        tags: list[str] | None = None,
        repo_url: str | None = None,
        token: str | None = None,
    ) -> None:
        """Publish the component; not available in this version."""
        _ = head, description, author, tags, repo_url, token
        raise NotAvailable(
            f"HTML.push_to_hub({name!r}) is not available in this version. Publish it as a Python "
            "package."
        )


def _spread(fn: Callable[..., Any]) -> Callable[..., Any]:
    """The function as the page calls it: with one value, which is the list of several arguments."""
    facts = facts_of(fn)
    most, required = len(facts.parameters), facts.required
    if required == 1 or facts.special or (most == 1 and not facts.takes_any):
        return fn

    def arguments(data: Any) -> list[Any]:
        given = data
        if most == 0 and not facts.takes_any:
            return []
        if isinstance(data, list) and (required > 1 or facts.takes_any):
            return [*given]
        return [] if data is None and required == 0 else [data]

    if facts.is_async:

        async def call_async(data: Any = None) -> Any:
            return await fn(*arguments(data))

        return call_async

    def call(data: Any = None) -> Any:
        return fn(*arguments(data))

    return call
