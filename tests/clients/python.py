"""The official Python client."""

from __future__ import annotations

import itertools
from concurrent.futures import CancelledError
from typing import TYPE_CHECKING, Any

from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError, ValidationError

from tests.clients.talk import Failed, Heard, LocalFile, RemoteFile

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager
    from pathlib import Path

__all__ = ["PythonClient"]

PATIENCE_S = 20.0


def _given(value: Any) -> Any:
    if isinstance(value, LocalFile):
        return handle_file(str(value.path))
    if isinstance(value, RemoteFile):
        return handle_file(value.url)
    if isinstance(value, list):
        return [_given(item) for item in value]
    if isinstance(value, dict):
        return {name: _given(item) for name, item in value.items()}
    return value


class PythonClient:
    """A `gradio_client.Client`.

    Args:
        url: Address of the app.
        folder: Where it puts files.
    """

    name = "python"

    def __init__(self, url: str, folder: Path, **options: Any) -> None:
        self.client = Client(url, verbose=False, download_files=str(folder), **options)

    def _outputs(self, result: Any) -> list[Any]:
        return list(result) if isinstance(result, tuple) else [result]

    def _failures(self) -> AbstractContextManager[None]:
        from contextlib import contextmanager

        @contextmanager
        def told() -> Generator[None]:
            try:
                yield
            except AppError as problem:
                raise Failed(
                    problem.message,
                    title=problem.title,
                    duration=problem.duration,
                    visible=problem.visible,
                ) from None
            except ValidationError as problem:
                raise Failed(str(problem), kind="validation") from None
            except Exception as problem:
                kind = "busy" if type(problem).__name__ == "QueueError" else type(problem).__name__
                raise Failed(str(problem), kind=kind) from problem

        return told()

    def predict(self, endpoint: str, *args: Any, **kwargs: Any) -> list[Any]:
        given = {name: _given(value) for name, value in kwargs.items()}
        with self._failures():
            return self._outputs(
                self.client.predict(*map(_given, args), api_name=endpoint, **given)
            )

    def hear(self, endpoint: str, *args: Any, cancel_after: int = 0) -> Heard:
        heard = Heard()
        with self._failures():
            job = self.client.submit(*map(_given, args), api_name=endpoint)
            if cancel_after:
                heard.values.extend(map(self._outputs, itertools.islice(job, cancel_after)))
                job.cancel()
                heard.is_cancelled = job.status().code.name == "CANCELLED"
                try:
                    # Its threads race: sometimes it reads the last message, of nulls, first.
                    assert job.result(timeout=PATIENCE_S) is None
                except CancelledError:
                    pass
                except ValueError as problem:  # ... and sometimes it hears of both at once
                    if "tasks to be done" not in str(problem):
                        raise
                return heard
            # Not by iterating: that never ends when the server refuses the call.
            heard.result = self._outputs(job.result(timeout=PATIENCE_S))
            heard.values.extend(map(self._outputs, job.outputs()))
        return heard

    def together(self, calls: list[tuple[str, tuple[Any, ...]]]) -> list[list[Any]]:
        with self._failures():
            jobs = [self.client.submit(*map(_given, a), api_name=e) for e, a in calls]
            return [self._outputs(job.result(timeout=PATIENCE_S)) for job in jobs]

    def endpoints(self) -> dict[str, Any]:
        found: Any = self.client.view_api(print_info=False, return_format="dict")
        endpoints: dict[str, Any] = found["named_endpoints"]
        return endpoints

    def new_session(self) -> None:
        self.client.reset_session()

    @property
    def session(self) -> str:
        """The name that the client gave its session."""
        return str(self.client.session_hash)

    def close(self) -> None:
        self.client.close()
