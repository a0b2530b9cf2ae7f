from __future__ import annotations

from typing import Any

import pytest

from tests.server.harness import ORIGIN, in_process, make_app

PROXY = ("127.0.0.1", 5)
STRANGER = ("203.0.113.7", 5)
JOIN = {"data": ["x"], "fn_index": 0, "session_hash": "s"}


async def root_for(headers: dict[str, str], client: tuple[str, int], **given: Any) -> str:
    async with in_process(make_app(**given), client=client) as http:
        root: str = (await http.get("/config", headers=headers)).json()["root"]
        return root


@pytest.mark.parametrize(
    ("headers", "root"),
    [
        ({}, "http://testserver"),
        ({"host": "a.example:81"}, "http://a.example:81"),
        ({"x-forwarded-host": "a.example"}, "http://a.example"),
        ({"x-forwarded-host": "a.example, b.example"}, "http://a.example"),
        ({"x-forwarded-proto": "https"}, "https://testserver"),
        ({"x-forwarded-host": "a.example", "x-forwarded-proto": "https,http"}, "https://a.example"),
        ({"x-gradio-server": "https://b.example/app/"}, "https://b.example/app"),
        ({"x-forwarded-host": "a/b?c"}, "http://testserver"),
        ({"x-forwarded-host": "a.example\\@b"}, "http://testserver"),
    ],
)
async def test_a_trusted_proxy_says_where_the_app_is(headers: dict[str, str], root: str) -> None:
    assert await root_for(headers, PROXY) == root


@pytest.mark.parametrize("name", ["x-forwarded-host", "x-gradio-server"])
async def test_a_stranger_says_nothing_about_the_address(name: str) -> None:
    headers = {name: "evil.example", "x-forwarded-proto": "https", "x-forwarded-for": "1.2.3.4"}
    assert await root_for(headers, STRANGER) == ORIGIN


@pytest.mark.parametrize(
    ("root_path", "root"),
    [
        ("/app", "http://testserver/app"),
        ("app/", "http://testserver/app"),
        ("https://a.example/app/", "https://a.example/app"),
    ],
)
async def test_a_root_path_is_part_of_the_address(root_path: str, root: str) -> None:
    assert await root_for({}, STRANGER, root_path=root_path) == root


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "x y", ""]
)
async def test_a_loopback_server_answers_to_local_names_only(host: str) -> None:
    async with in_process(make_app(host="127.0.0.1")) as client:
        assert (await client.get("/config", headers={"host": host})).status_code in (400, 403)
        answer = await client.post("/gradio_api/queue/join", json=JOIN, headers={"host": host})
        assert answer.status_code in (400, 403)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:7860", "[::1]:1", "app.localhost"])
async def test_local_names_are_let_in(host: str) -> None:
    async with in_process(make_app(host="127.0.0.1")) as client:
        assert (await client.get("/config", headers={"host": host})).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "app.example", "x-forwarded-for": "1.2.3.4"}, 200),
        ({"host": "app.example:8443", "via": "1.1 proxy"}, 200),
        ({"host": "app.example"}, 403),
        # What a browser sends that a foreign name led here; a page can add the other headers.
        ({"host": "evil.example:7860", "x-forwarded-for": "1.2.3.4"}, 403),
        ({"host": "known.example:7860"}, 200),
        ({"host": "root.example"}, 200),
    ],
)
async def test_a_proxy_on_this_machine_may_pass_the_public_name_on(
    headers: dict[str, str], status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from limelight.settings import settings

    monkeypatch.setenv("LIMELIGHT_ALLOWED_HOSTS", "known.example")
    settings.cache_clear()
    try:
        app = make_app(host="127.0.0.1", port=7860, root_path="https://root.example/app")
    finally:
        settings.cache_clear()
    async with in_process(app, client=PROXY) as client:
        assert (await client.get("/config", headers=headers)).status_code == status


async def test_a_proxy_that_ends_tls_silently_is_still_our_origin() -> None:
    headers = {"origin": "https://testserver"}
    async with in_process(client=PROXY) as client:
        await client.get("/")
        assert (
            await client.post("/gradio_api/queue/join", json=JOIN, headers=headers)
        ).status_code == 200


FOREIGN = [
    "http://evil.example",
    "null",
    "https://testserver",
    "http://testserver:81",
    "http://testserver.evil.example",
    "http://eviltestserver",
    "http://testserver@evil.example",
]
STATE_CHANGING = [
    "/gradio_api/queue/join",
    "/gradio_api/cancel",
    "/gradio_api/reset",
    "/gradio_api/run/greet",
    "/gradio_api/api/greet",
    "/gradio_api/call/greet",
    "/gradio_api/call/v2/greet",
    "/gradio_api/component_server",
    "/gradio_api/upload",
    "/login",
]


@pytest.mark.parametrize("origin", FOREIGN)
@pytest.mark.parametrize("path", STATE_CHANGING)
async def test_another_sites_page_may_not_use_this_browsers_session(path: str, origin: str) -> None:
    async with in_process() as client:
        await client.get("/")  # brings the cookie
        answer = await client.post(path, json=JOIN, headers={"origin": origin})
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
        form = {"origin": origin, "content-type": "multipart/form-data; boundary=x"}
        assert (await client.post(path, content=b"--x--", headers=form)).status_code == 403


async def test_our_own_page_and_programs_are_let_in() -> None:
    async with in_process() as client:
        await client.get("/")
        for headers in (
            {"origin": ORIGIN},
            {},
            # Behind a proxy that hides its name the browser itself says that the page is ours.
            {"origin": "https://public.example", "sec-fetch-site": "same-origin"},
        ):
            answer = await client.post("/gradio_api/queue/join", json=JOIN, headers=headers)
            assert answer.status_code == 200


async def test_a_client_in_another_sites_page_has_no_cookie_and_may_call() -> None:
    async with in_process() as client:
        headers = {"origin": "https://site.example"}
        answer = await client.post("/gradio_api/queue/join", json=JOIN, headers=headers)
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-origin"] == "https://site.example"
        assert "Origin" in answer.headers["vary"]


async def test_what_comes_with_our_cookie_is_not_readable_elsewhere() -> None:
    async with in_process() as client:
        await client.get("/")
        answer = await client.get("/config", headers={"origin": "https://site.example"})
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("host", "origin", "allowed"),
    [
        ("localhost:7860", "http://localhost:5", True),
        ("127.0.0.1:7860", "http://127.0.0.1:5", True),
        ("localhost:7860", "http://evil.example", False),
        ("localhost:7860", "null", False),
        ("public.example", "http://other.example", True),
    ],
)
async def test_cors_for_reading(host: str, origin: str, allowed: bool) -> None:
    async with in_process() as client:
        answer = await client.get("/config", headers={"host": host, "origin": origin})
        assert answer.status_code == 200
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert ("access-control-allow-origin" in answer.headers) is allowed


async def test_null_may_read_when_cors_is_not_strict() -> None:
    async with in_process(make_app(strict_cors=False)) as client:
        headers = {"host": "localhost", "origin": "null"}
        answer = await client.get("/config", headers=headers)
        assert answer.headers["access-control-allow-origin"] == "null"


async def test_a_preflight_is_answered_for_every_path() -> None:
    async with in_process() as client:
        headers = {
            "host": "localhost",
            "origin": "http://localhost:1",
            "access-control-request-method": "POST",
            "access-control-request-headers": "x-a",
        }
        answer = await client.options("/gradio_api/queue/join", headers=headers)
        assert (answer.status_code, answer.text) == (200, "OK")
        assert answer.headers["access-control-allow-headers"] == "x-a"
        assert answer.headers["access-control-max-age"] == "600"
        assert answer.headers["access-control-allow-origin"] == "http://localhost:1"


async def test_a_mounted_app_leaves_cors_to_its_parent() -> None:
    from limelight.server.launch import build_app
    from tests.server.harness import make_demo

    app = build_app(make_demo().graph_, {}, host=None, port=0, is_mounted=True)
    async with in_process(app) as client:
        answer = await client.get("/config", headers={"origin": "http://a.example"})
        assert not any(name.startswith("access-control") for name in answer.headers)
