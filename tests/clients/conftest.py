"""A server of the scene, and each of the clients connected to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.clients.javascript import JavaScriptClient, Node
from tests.clients.python import PythonClient
from tests.clients.scenes import Stage, serve

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.clients.talk import Connection


class Connect(Protocol):
    """Connects one of the clients to an app; closed at the test's end."""

    def __call__(self, url: str, **options: Any) -> Connection: ...


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """One Node process for all tests."""
    process = Node()
    yield process
    process.close()


@pytest.fixture(scope="module")
def _served() -> Iterator[tuple[Stage, str]]:
    stage = Stage()
    with pytest.MonkeyPatch.context() as patch:
        # The Python client ends its heartbeat at the next beat.
        patch.setenv("GRADIO_HEARTBEAT_INTERVAL", "0.5")
        with serve(stage.demo) as url:
            yield stage, url


@pytest.fixture
def stage(_served: tuple[Stage, str]) -> Iterator[Stage]:
    """The app's strings, as they were in the beginning."""
    stage = _served[0]
    stage.gate.clear()
    stage.has_ended.clear()
    stage.has_unloaded.clear()
    stage.ended.clear()
    stage.batches.clear()
    while stage.has_begun.acquire(blocking=False):
        pass
    yield stage
    stage.gate.set()


@pytest.fixture
def url(_served: tuple[Stage, str], stage: Stage) -> str:
    """The app's address."""
    return _served[1]


@pytest.fixture
def python(tmp_path: Path) -> Iterator[Connect]:
    """Connects the Python client."""
    yield from _connecting(lambda url, **options: PythonClient(url, tmp_path, **options))


@pytest.fixture
def javascript(tmp_path: Path, node: Node) -> Iterator[Connect]:
    """Connects the JavaScript client."""
    yield from _connecting(lambda url, **options: JavaScriptClient(node, url, tmp_path, **options))


def _connecting(make: Any) -> Iterator[Any]:
    made: list[Connection] = []

    def connect(url: str, **options: Any) -> Connection:
        made.append(make(url, **options))
        return made[-1]

    yield connect
    for client in made:
        client.close()


@pytest.fixture(params=["python", "javascript"])
def connect(request: pytest.FixtureRequest) -> Connect:
    """Connects each of the clients in turn."""
    made: Connect = request.getfixturevalue(request.param)
    return made


@pytest.fixture
def client(connect: Connect, url: str) -> Connection:
    """Each of the clients in turn, connected to the app."""
    return connect(url)
