"""Flagging: readers keep a result together with its inputs, and a callback stores the row.

Lays nothing out and attaches nothing; `Interface` does.
"""

from __future__ import annotations

import logging
import time
from abc import ABC, abstractmethod
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from limelight.core.csvlog import CsvLog
from limelight.core.flagged import folder_name, simplified
from limelight.core.narrow import is_listing
from limelight.core.notices import Warning as warn_reader
from limelight.core.request import Request  # noqa: TC001  # FlagMethod's annotation
from limelight.core.updates import is_update, update
from limelight.errors import FileAccessError, PropError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from limelight.core.component import Component

__all__ = ["CSVLogger", "FlaggingCallback", "SimpleCSVLogger"]

_log = logging.getLogger("limelight.flagging")
_SAVING_S = 0.8


class FlaggingCallback(ABC):
    """What stores flagged rows. Subclass it to store them elsewhere than in a CSV file."""

    @abstractmethod
    def setup(self, components: Sequence[Component[Any, Any]], flagging_dir: str) -> None:
        """Learn what a row holds; called once, when the app is built.

        Args:
            components: Inputs and outputs, in the order of the values of a row.
            flagging_dir: Folder that the app's author chose.
        """

    @abstractmethod
    def flag(
        self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None
    ) -> int:
        """Store a row; any thread may call it, several at the same time.

        Args:
            flag_data: Payloads of the components, as the page sent them.
            flag_option: The reason that the reader chose.
            username: Who is logged in.

        Returns:
            How many rows are stored now.
        """


class _Table(FlaggingCallback):
    """Rows in CSV files of one folder; subclasses say which file and which columns."""

    simplify_file_data = False

    def setup(self, components: Sequence[Component[Any, Any]], flagging_dir: str | Path) -> None:
        """Learn what a row holds.

        Args:
            components: Inputs and outputs, in the order of the values of a row.
            flagging_dir: Folder of the file; made with the first row.

        Raises:
            PropError: there is a file of that name.
        """
        self.components = components
        self.flagging_dir = Path(flagging_dir)
        self._logs: dict[tuple[str, ...], CsvLog] = {}
        places = (self.flagging_dir, *self.flagging_dir.parents)
        taken = next((place for place in places if place.exists()), None)
        if taken is not None and not taken.is_dir():
            raise PropError(
                f"Flagging was given the folder {str(flagging_dir)!r}, but {str(taken)!r} is a "
                "file. Choose another flagging_dir."
            )

    def _path(self, number: int) -> Path:
        """The first file of rows, or the one that follows when the columns changed."""
        return self.flagging_dir / ("log.csv" if number == 1 else f"log{number}.csv")

    def _labels(self) -> list[str]:
        return [b.label or f"component {number}" for number, b in enumerate(self.components)]

    def _cells(self, flag_data: list[Any]) -> list[str]:
        """The values as texts, with copies of their files in a folder for each component."""
        cells: list[str] = []
        for block, label, value in zip(self.components, self._labels(), flag_data, strict=True):
            if value is None:
                cells.append("")
            elif is_update(value):
                cells.append(str(value))
            else:
                text = block.flag(value, self.flagging_dir / folder_name(label))
                cells.append(simplified(text) if self.simplify_file_data else text)
        return cells

    def _add(self, flag_data: list[Any], header: list[str] | None, extra: list[str]) -> int:
        """Append a row to the first file that has these columns; returns how many it has now."""
        columns = tuple(header or ())
        number, log = 1, self._logs.get(columns) or CsvLog(self._path(1), header)
        try:
            row = [*self._cells(flag_data), *extra]
            while (count := log.append(row)) is None:
                log = CsvLog(self._path(number), header)
                number += 1
        except OSError as problem:
            raise FileAccessError(
                f"A flagged row cannot be written to {str(self.flagging_dir)!r}: {problem}. "
                "Choose a flagging_dir that the app may write to."
            ) from problem
        self._logs[columns] = log
        return count


class SimpleCSVLogger(_Table):
    """Stores values only, without a header, in `log.csv`; files as the objects of the wire."""

    def flag(
        self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None
    ) -> int:
        """Store a row; returns how many stood there before."""
        _ = flag_option, username
        return self._add(flag_data, None, []) - 1


class ClassicCSVLogger(_Table):
    """Stores values, the reason, who flagged and when, in `log.csv`.

    Args:
        simplify_file_data: Whether a file is stored as its path only.
    """

    def __init__(self, simplify_file_data: bool = True) -> None:
        self.simplify_file_data = simplify_file_data

    def flag(
        self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None
    ) -> int:
        """Store a row; returns how many there are now."""
        header = [*self._labels(), "flag", "username", "timestamp"]
        return self._add(flag_data, header, [flag_option or "", username or "", _now()])


class CSVLogger(_Table):
    """Stores values and when they were flagged, in `dataset1.csv`.

    The reason and who flagged are columns, too, when there are any. Rows with other columns go to
    `dataset2.csv` and so on.

    Args:
        simplify_file_data: Whether a file is stored as its path only.
        verbose: Whether the name of the file is printed.
        dataset_file_name: Name of the file, instead of the numbered ones.
    """

    def __init__(
        self,
        simplify_file_data: bool = True,
        verbose: bool = True,
        dataset_file_name: str | None = None,
    ) -> None:
        self.simplify_file_data = simplify_file_data
        self.verbose = verbose
        self.dataset_file_name = dataset_file_name

    def _path(self, number: int) -> Path:
        if self.dataset_file_name is None:
            return self.flagging_dir / f"dataset{number}.csv"
        path = self.flagging_dir / self.dataset_file_name
        return path if number == 1 else path.with_stem(f"{path.stem}{number}")

    def flag(
        self, flag_data: list[Any], flag_option: str | None = None, username: str | None = None
    ) -> int:
        """Store a row; returns how many there are now."""
        header, extra = self._labels(), list[str]()
        if flag_option:
            header, extra = [*header, "flag"], [flag_option]
        if username is not None:
            header, extra = [*header, "username"], [*extra, username]
        header.append("timestamp")
        is_first = tuple(header) not in self._logs
        count = self._add(flag_data, header, [*extra, _now()])
        if is_first and self.verbose:
            did = "Created" if count == 1 else "Using existing"
            print(f"{did} dataset file at: {self._logs[tuple(header)].path}")  # to the terminal
        return count


def _now() -> str:
    return str(datetime.now())


class FlagMethod:
    """What a flag button runs: stores the row and says so on the button.

    Args:
        flagging_callback: Stores it.
        label: Caption of the button.
        value: The reason that it stands for.
        visual_feedback: Whether there is a button; without, failures are only logged.
    """

    opens_no_path = True
    """Results may hold text under the name `path`; only what is marked as a file is copied."""

    def __init__(
        self,
        flagging_callback: FlaggingCallback,
        label: str,
        value: str | None,
        visual_feedback: bool = True,
    ) -> None:
        self.flagging_callback = flagging_callback
        self.label = label
        self.value = value
        self.visual_feedback = visual_feedback
        self.__name__ = "Flag"

    def __call__(self, request: Request, *flag_data: Any) -> dict[str, Any] | None:
        """Store the row of the values that the page sent."""
        try:
            self.flagging_callback.flag(
                list(flag_data), flag_option=self.value, username=request.username
            )
        except Exception:  # a callback may raise anything, and the button must not stay disabled
            _log.exception("a row was not flagged")
            if self.visual_feedback:
                warn_reader("The row was not saved.", title="Flagging failed")
                return update(value="Error!", interactive=True)
        if not self.visual_feedback:
            return None
        time.sleep(_SAVING_S)  # so that the reader sees that something happened
        return self.reset()

    def saving(self) -> dict[str, Any]:
        """The button while a row is being stored."""
        return update(value="Saving...", interactive=False)

    def reset(self) -> dict[str, Any]:
        """The button as it was."""
        return update(value=self.label, interactive=True)


def flag_mode(given: str | None, preset: str | None) -> str:
    """When rows are flagged: what the author says, else the environment, else `"manual"`.

    Raises:
        PropError: it is none of the three.
    """
    mode = given or preset or "manual"
    if mode not in ("never", "auto", "manual"):
        raise PropError(
            f"Interface() was given flagging_mode={mode!r}; expected 'never', 'auto' or 'manual'."
        )
    return mode


def flag_choices(options: Any) -> list[tuple[str, str | None]]:
    """Caption and reason of each flag button.

    Raises:
        PropError: the options are neither texts nor pairs of texts.
    """
    if options is None:
        return [("Flag", None)]
    made: list[tuple[str, str | None]] = []
    for item in options if is_listing(options) else (options,):
        if isinstance(item, str) and is_listing(options):
            made.append((f"Flag as {item}", item))
        elif is_listing(item) and len(item) == 2:
            made.append((str(item[0]), str(item[1])))
        else:
            raise PropError(
                f"Interface() was given flagging_options={options!r}; expected texts such as "
                "['wrong', 'unclear'], or pairs of a caption and a text."
            )
    return made
