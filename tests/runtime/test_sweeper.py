from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import limelight as gr
from limelight.core.files import FileCache
from limelight.runtime import sweeper
from limelight.runtime.runtime import Runtime, RuntimeSettings
from limelight.runtime.sweeper import Sweeper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


async def test_old_files_go_while_the_app_runs_and_all_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeper, "SHORTEST_S", 0.01)
    now_s = [0.0]
    files = FileCache(tmp_path / "cache", clock=lambda: now_s[0])
    (tmp_path / "logo.png").write_bytes(b"logo")
    logo = files.adopt(tmp_path / "logo.png", None, trusted=True)
    old = files.store_bytes(b"old", "old.txt", "ada")
    now_s[0] = 50
    young = files.store_bytes(b"young", "young.txt", "ada")
    with gr.Blocks(delete_cache=(0, 60)) as demo:
        gr.Markdown("x")
    runtime = Runtime(demo.graph_, RuntimeSettings(), files=files)
    await runtime.start()
    now_s[0] = 70
    async with asyncio.timeout(4):
        while old.path.exists():
            await asyncio.sleep(0.01)
    assert young.path.exists()
    await runtime.close()
    assert not young.path.exists()
    assert logo.path.exists()  # the app's source names it
    assert runtime.sweeper._task is None


async def test_without_a_plan_nothing_is_deleted(tmp_path: Path) -> None:
    files = FileCache(tmp_path)
    kept = files.store_bytes(b"x", "a.txt", None)
    made = Sweeper(files, None)
    made.start()
    await made.close()
    assert kept.path.exists()
