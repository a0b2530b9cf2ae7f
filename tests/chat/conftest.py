"""Stores of both kinds; PostgreSQL's server is started for the tests alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from limelight.chat.store import ChatStore, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def _program(name: str) -> str | None:
    """Where a program of PostgreSQL is; Debian keeps the server's apart from all others."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    pytest.importorskip("psycopg")
    initdb, control = _program("initdb"), _program("pg_ctl")
    if initdb is None or control is None:
        pytest.skip("PostgreSQL's server is not installed (on Debian: apt-get install postgresql)")
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None  # it refuses root
    folder = Path(tempfile.mkdtemp(prefix="limelight-pg-"))
    try:
        if user is not None:
            shutil.chown(folder, user)

        def run(*command: str) -> None:
            subprocess.run(
                command, user=user, cwd=folder, check=True, capture_output=True, timeout=60
            )

        data = str(folder / "data")
        run(initdb, "-D", data, "-U", "chat", "-A", "trust", "--no-sync", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        run(control, "-D", data, "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield f"postgresql:///postgres?host={folder}&user=chat"
        finally:
            run(control, "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A path or URL of an empty store."""
    if request.param == "sqlite":
        return str(tmp_path / "kept" / "chat.db")
    url: str = request.getfixturevalue("postgres_url")
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return f"{url}&files={tmp_path / 'kept'}"


@pytest.fixture
def open_here(place: str) -> Iterator[Callable[[], ChatStore]]:
    """Opens the store, as often as it is called: each time as another process would."""
    made: list[ChatStore] = []

    def make() -> ChatStore:
        made.append(open_store(place))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.fixture
def store(open_here: Callable[[], ChatStore]) -> ChatStore:
    return open_here()
