"""What an event brings along: the classes that a listener's function may ask for by annotation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from limelight.core.narrow import is_object
from limelight.errors import PayloadError

if TYPE_CHECKING:
    from limelight.core.block import Block
    from limelight.core.filedata import FileData
    from limelight.wire.files import FileDataDict

__all__ = [
    "CopyData",
    "DeletedFileData",
    "DownloadData",
    "EditData",
    "EventData",
    "KeyUpData",
    "LikeData",
    "RetryData",
    "SelectData",
    "UndoData",
]


def _members(data: Any, kind: str, *required: str) -> dict[str, Any]:
    members = data if is_object(data) else {}
    for name in required:
        if name not in members:
            raise PayloadError(
                f"The event brought {data!r}; {kind} needs the member {name!r}. "
                "Call the endpoint from the page, or send event_data with it."
            )
    return members


class EventData:
    """Any event: the members that the page sent, as attributes."""

    def __init__(self, target: Block | None, _data: Any) -> None:
        self.target = target
        """The component that fired."""
        self._data = _data

    @property
    def members(self) -> dict[str, Any]:
        """All that the page sent, by name."""
        return self._data if is_object(self._data) else {}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        data = self._data
        if is_object(data) and name in data:
            return data[name]
        raise AttributeError(f"The event brought no {name!r}; it brought {data!r}.")


class SelectData(EventData):
    """What was selected."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "SelectData", "index", "value")
        super().__init__(target, data)
        self.index: Any = members["index"]
        """Place of the selected part; a pair for two dimensions."""
        self.value: Any = members["value"]
        self.row_value: list[Any] = members.get("row_value", [])
        """Whole row, for tables."""
        self.col_value: list[Any] = members.get("col_value", [])
        """Whole column, for tables."""
        self.selected: bool = members.get("selected", True)
        """Whether it was selected (True) or deselected."""


class LikeData(EventData):
    """Which message was liked."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "LikeData", "index", "value")
        super().__init__(target, data)
        self.index: int | tuple[int, int] = members["index"]
        self.value: Any = members["value"]
        self.liked: bool | str = members.get("liked", True)
        """True, False, or the chosen feedback option."""


class RetryData(EventData):
    """Which message is to be answered again."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "RetryData", "index", "value")
        super().__init__(target, data)
        self.index: int | tuple[int, int] = members["index"]
        self.value: Any = members["value"]


class UndoData(EventData):
    """Which message was taken back."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "UndoData", "index", "value")
        super().__init__(target, data)
        self.index: int | tuple[int, int] = members["index"]
        self.value: Any = members["value"]


class EditData(EventData):
    """Which message was edited, and how."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "EditData", "index", "previous_value", "value")
        super().__init__(target, data)
        self.index: int | tuple[int, int] = members["index"]
        self.previous_value: Any = members["previous_value"]
        self.value: Any = members["value"]


class KeyUpData(EventData):
    """Which key was released."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "KeyUpData", "key", "input_value")
        super().__init__(target, data)
        self.key: str = members["key"]
        self.input_value: str = members["input_value"]
        """What stands in the field, not yet the component's value."""


class CopyData(EventData):
    """What was copied."""

    def __init__(self, target: Block | None, data: Any) -> None:
        members = _members(data, "CopyData", "value")
        super().__init__(target, data)
        self.value: Any = members["value"]


class _FileEvent(EventData):
    def __init__(self, target: Block | None, data: FileDataDict | Any) -> None:
        from limelight.core.filedata import FileData

        super().__init__(target, data)
        if not isinstance(data, FileData):
            data = FileData.from_dict(_members(data, type(self).__name__, "path"))
        self.file: FileData = data


class DeletedFileData(_FileEvent):
    """Which file was deleted."""


class DownloadData(_FileEvent):
    """Which file was downloaded."""
