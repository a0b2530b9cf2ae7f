from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import limelight as gr
from limelight.core.files import FileCache
from limelight.errors import FileAccessError
from limelight.runtime.links import Links
from limelight.runtime.runtime import Runtime, RuntimeSettings
from tests.server.harness import in_process, make_app

if TYPE_CHECKING:
    import httpx
    from starlette.applications import Starlette


def make_demo(title: str = "Shared") -> gr.Blocks:
    with gr.Blocks(title=title) as demo:
        name = gr.Textbox("start", label="name")
        out = gr.Textbox(label="out")
        secret = gr.Textbox(type="password", label="secret")
        given, made = gr.File(label="given"), gr.File(label="made")
        kept = gr.State(0)
        button = gr.Button()
        button.click(
            lambda n, _, k: (n + "!", gr.Textbox(label="renamed"), k),
            [name, secret, kept],
            [out, name, kept],
            api_name="greet",
        )
        button.click(lambda f: f, given, made, api_name="copy")
        gr.DeepLinkButton()
    return demo


async def _link(client: httpx.AsyncClient, session: str = "s") -> Any:
    return (await client.get(f"/gradio_api/deep_link?session_hash={session}")).json()


async def _shown(client: httpx.AsyncClient, link: str) -> tuple[str, dict[str, Any]]:
    config = (await client.get(f"/config?deep_link={link}")).json()
    props = {
        c["props"].get("label"): c["props"] for c in config["components"] if "label" in c["props"]
    }
    return config["deep_link_state"], props


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Starlette:
    return _app(tmp_path, monkeypatch)


def _app(folder: Path, monkeypatch: pytest.MonkeyPatch, title: str = "Shared") -> Starlette:
    made = make_app(make_demo(title))
    site = made.state.site
    files = FileCache(folder / "cache")
    runtime = Runtime(site.graph, RuntimeSettings(), files=files)
    monkeypatch.setattr(site, "runtime", runtime)
    return made


async def test_a_link_shows_what_its_maker_saw(app: Starlette) -> None:
    async with in_process(app) as client:
        assert await _link(client) == ""  # nobody's session
        sent = {"data": ["Ada", "hunter2", None], "session_hash": "s"}
        await client.post("/gradio_api/run/greet", json=sent)
        link = await _link(client)
        assert len(link) == 11
        state, props = await _shown(client, link)
        assert state == "valid"
        assert props["out"]["value"] == "Ada!"
        assert props["renamed"]["value"] == "Ada"
        assert "value" not in props["secret"]
        state, props = await _shown(client, "bogus")
        assert (state, props["name"]["value"]) == ("invalid", "start")
        plain = (await client.get("/config")).json()
        assert "deep_link_state" not in plain
        assert plain["components"][0]["props"]["value"] == "start"
    saved = next(Path(app.state.site.runtime.files.folder).glob(".links/*/*.json")).read_text()
    assert "hunter2" not in saved


async def test_the_page_of_a_link_is_made_for_it_alone(app: Starlette) -> None:
    async with in_process(app) as client:
        sent = {"data": ["Ada </script>", "", None], "session_hash": "s"}
        await client.post("/gradio_api/run/greet", json=sent)
        link = await _link(client)
        page = (await client.get(f"/?deep_link={link}")).text
        if "Not built" in page:
            pytest.skip("the browser half is not built")
        assert '"deep_link_state":"valid"' in page.replace("\\u0022", '"')
        assert "Ada \\u003c/script\\u003e!" in page
        assert '"deep_link_state":"invalid"' in (await client.get("/?deep_link=bogus")).text
        plain = (await client.get("/")).text
        assert '"deep_link_state":"none"' in plain
        assert "Ada" not in plain


async def test_files_of_a_link_are_open_to_whoever_has_it(
    app: Starlette, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, eve = {"authorization": "Bearer ada"}, {"authorization": "Bearer eve"}
    async with in_process(app) as client:
        upload = {"files": ("a.txt", b"shared")}
        handle = (await client.post("/gradio_api/upload", files=upload, headers=ada)).json()[0]
        file = {"path": handle, "meta": {"_type": "gradio.FileData"}}
        sent = {"data": [file], "session_hash": "s"}
        await client.post("/gradio_api/run/copy", json=sent, headers=ada)
        assert (await client.get(f"/gradio_api/file={handle}", headers=eve)).status_code == 403
        client.headers.update(ada)
        link = await _link(client)
        client.headers.update(eve)
        _, props = await _shown(client, link)
        found = props["made"]["value"]
        assert found["path"] != handle
        assert (await client.get(found["url"])).content == b"shared"
        assert (await client.get(f"/gradio_api/file={handle}")).status_code == 403
    again = _app(tmp_path, monkeypatch)  # the server was started anew
    async with in_process(again) as client:
        state, props = await _shown(client, link)
        assert state == "valid"
        assert (await client.get(props["given"]["value"]["url"])).content == b"shared"
    other = _app(tmp_path, monkeypatch, title="Another app in the same folder")
    async with in_process(other) as client:
        assert (await _shown(client, link))[0] == "invalid"


async def test_a_link_takes_no_file_that_its_maker_may_not_read(app: Starlette) -> None:
    runtime = app.state.site.runtime
    theirs = runtime.files.store_bytes(b"private", "p.txt", "somebody")
    mine = runtime.sessions.open("s", "me")
    for path in (theirs.handle, "/etc/passwd", ".seed", str(theirs.path), "../x", ""):
        file = {"path": path, "meta": {"_type": "gradio.FileData"}}
        given = next(i for i, b in runtime.graph.blocks.items() if b.tag == "file")
        mine.values = {given: {"value": file, "label": "kept"}}
        link = runtime.links.save(mine)
        assert runtime.links.open(link) == {given: {"label": "kept"}}, path


@pytest.mark.parametrize(
    "link",
    ["", "x", "..%2f..%2fetc", "../../../x", "a" * 11, "a" * 10 + "/", "a" * 10 + "\n", "é" * 11],
)
def test_no_crafted_id_leads_to_a_file(tmp_path: Path, link: str) -> None:
    links = Links(make_demo().graph_, FileCache(tmp_path), most=3, largest_bytes=1000)
    (tmp_path / "x.json").write_text("{}")
    assert links.open(link) is None


def test_a_saved_place_outside_the_cache_is_not_opened(tmp_path: Path) -> None:
    files = FileCache(tmp_path / "cache")
    (tmp_path / "secret").write_text("x")
    stored = files.store_bytes(b"x", "a.txt", None)
    place = files.place_of(stored.handle, None)
    assert files.reopen(place).owner is None
    stored.path.unlink()
    os.symlink(tmp_path / "secret", stored.path)
    for name in (place, "../secret", f"{place}/..", ".seed", "a" * 64 + "/..", "b" * 64 + "/x"):
        with pytest.raises(FileAccessError):
            files.reopen(name)


def test_only_so_many_links_of_so_many_bytes_are_kept(tmp_path: Path) -> None:
    from limelight.runtime.rejected import Rejected
    from limelight.runtime.sessions import Sessions
    from limelight.runtime.store import MemoryStore

    demo = make_demo()
    links = Links(demo.graph_, FileCache(tmp_path), most=3, largest_bytes=100)
    made = Sessions(MemoryStore(), lambda: 0.0, capacity=9, keep_s=1, state_s=1)
    session = made.open("s", None)
    name = next(i for i, b in demo.graph_.blocks.items() if b.tag == "textbox")
    session.values = {name: {"value": "x"}}
    ids = [links.save(session) for _ in range(5)]
    assert sum(links.open(link) is not None for link in ids) == 3
    session.values = {name: {"value": "x" * 200}}
    with pytest.raises(Rejected, match="holds 100") as refusal:
        links.save(session)
    assert refusal.value.status == 413


async def test_an_app_without_the_button_remembers_nothing(tmp_path: Path) -> None:
    with gr.Blocks() as demo:
        box = gr.Textbox()
        box.submit(lambda x: x, box, box, api_name="echo")
    app = make_app(demo)
    async with in_process(app) as client:
        await client.post("/gradio_api/run/echo", json={"data": ["x"], "session_hash": "s"})
        assert app.state.site.runtime.session("s", None).values == {}
    _ = tmp_path
