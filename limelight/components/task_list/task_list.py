"""TaskList: what is to be done, what is being done, and what is done."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from limelight.core import events
from limelight.core.component import Component
from limelight.core.narrow import is_listing, is_number, is_object, plain
from limelight.core.props import closest, prop
from limelight.errors import PayloadError, ValueRejected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from limelight.errors import LimelightError

__all__ = ["TaskList"]

_STATUSES = ("pending", "running", "done", "failed", "skipped")
_MEMBERS = ("title", "status", "description", "progress", "duration", "children")
_DEEPEST = 16


class TaskList(Component[list[dict[str, Any]], list[dict[str, Any]]], tag="tasklist"):
    """A list of tasks that is kept up to date while they run, as agents show what they are at.

    Let a generator yield the list again and again: only what is different goes to the page.
    """

    value: Sequence[str | Mapping[str, Any]] | Callable[..., Any] | None = prop(
        default=None, kw_only=False
    )
    """The tasks: titles, or dictionaries with `title` and, if you like, `status` (`"pending"`,
    `"running"`, `"done"`, `"failed"`, `"skipped"`), `description`, `progress` (0 to 1), `duration`
    (seconds) and `children`, which are tasks, too."""
    collapsible: bool = True
    """Whether the reader can fold tasks that have others inside."""
    open: bool = True
    """Whether tasks that have others inside are open at first."""
    show_count: bool = True
    """Whether it says how many of the tasks are done."""
    max_height: int | str | None = None
    """Pixels, or a CSS length; longer lists scroll."""
    min_width: int | None = 240
    """Pixels it needs; in a Row it wraps to the next line when there is less."""
    interactive: bool | None = False
    """Whether the reader can tick tasks off, and untick them."""

    change = events.change
    input = events.input
    select = events.select

    def preprocess(self, payload: Any) -> list[dict[str, Any]]:
        """The tasks, each a dictionary with `title` and `status`, and what else is known of it.

        Raises:
            PayloadError: it is no list of tasks.
        """
        return self._tasks([] if payload is None else payload, PayloadError)

    def postprocess(self, value: Any) -> list[dict[str, Any]]:
        """The tasks, with members that are None left out. A text is a task that is pending.

        `["Read"]` → `[{"title": "Read", "status": "pending"}]`; None → `[]`.

        Raises:
            ValueRejected: it is no list of tasks.
        """
        return self._tasks([] if value is None else value, ValueRejected)

    def _tasks(
        self, given: Any, wrong: type[LimelightError], depth: int = 0
    ) -> list[dict[str, Any]]:
        if not is_listing(given):
            raise wrong(f"{self!r} got {given!r}; expected a list of tasks.")
        if depth > _DEEPEST:
            raise wrong(
                f"{self!r} got tasks inside tasks, deeper than {_DEEPEST}; that is too deep."
            )
        return [self._task(task, wrong, depth) for task in given]

    def _task(self, given: Any, wrong: type[LimelightError], depth: int) -> dict[str, Any]:
        if isinstance(given, str):
            return {"title": given, "status": "pending"}
        if not is_object(given) or not isinstance(given.get("title"), str):
            raise wrong(
                f"{self!r} got the task {given!r}; expected a text, or a dictionary with 'title' "
                "and perhaps 'status', 'description', 'progress', 'duration' and 'children'."
            )
        for name in given.keys() - set(_MEMBERS):
            raise wrong(
                f"{self!r} got the task {given!r}, where {name!r} means nothing."
                f"{closest(str(name), _MEMBERS)}"
            )
        task: dict[str, Any] = {"title": given["title"], "status": given.get("status") or "pending"}
        if task["status"] not in _STATUSES:
            raise wrong(
                f"{self!r} got the task {given!r}; expected its status to be one of "
                f"{', '.join(map(repr, _STATUSES))}."
            )
        if given.get("description") is not None:
            task["description"] = str(given["description"])
        for name, most in (("progress", 1.0), ("duration", math.inf)):
            if given.get(name) is not None:
                task[name] = self._number(given, name, most, wrong)
        if given.get("children"):
            task["children"] = self._tasks(given["children"], wrong, depth + 1)
        return task

    def _number(
        self, task: Mapping[str, Any], name: str, most: float, wrong: type[LimelightError]
    ) -> float:
        given = task[name]
        number = plain(given)
        if not is_number(number) or not math.isfinite(number) or not 0 <= number <= most:
            wanted = "from 0 to 1" if most == 1 else "of seconds"
            raise wrong(
                f"{self!r} got the task {task!r}; expected its {name} to be a number {wanted}."
            )
        return float(number)

    def api_info(self) -> dict[str, Any]:
        # No `$ref` to itself: the official clients would follow it for ever.
        number = {"type": "number", "minimum": 0}
        inner = {"type": "object", "description": "a task of the same shape"}
        members = {
            "title": {"type": "string"},
            "status": {"enum": list(_STATUSES), "type": "string"},
            "description": {"type": "string"},
            "progress": {**number, "maximum": 1},
            "duration": number,
            "children": {"type": "array", "items": inner},
        }
        task = {"type": "object", "properties": members, "required": ["title"]}
        return {"type": "array", "items": task}

    def example_payload(self) -> list[dict[str, Any]]:
        return [
            {"title": "Read the question", "status": "done"},
            {"title": "Look it up", "status": "running", "progress": 0.5},
        ]

    def example_value(self) -> list[dict[str, Any]]:
        return self.example_payload()
