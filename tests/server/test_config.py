from __future__ import annotations

import pytest

from limelight.server.options import VERSION
from tests.server.harness import ORIGIN, in_process, make_app


async def test_the_config_has_what_both_clients_need() -> None:
    async with in_process() as client:
        config = (await client.get("/config")).json()
        assert config["version"] == VERSION
        assert config["root"] == ORIGIN
        assert config["protocol"] == "sse_v3"
        assert config["api_prefix"] == "/gradio_api"
        assert config["space_id"] is None
        assert config["username"] is None
        assert config["run_history"] is False
        assert config["enable_queue"] is True
        assert config["page"][""]["layout"]["id"] == config["layout"]["id"]
        assert isinstance(config["app_id"], int)
        assert len(config["theme_hash"]) == 64
        assert "current_page" not in config


async def test_a_page_has_its_own_config() -> None:
    async with in_process() as client:
        config = (await client.get("/config?page=second")).json()
        assert config["current_page"] == "second"
        assert [c["type"] for c in config["components"]] == ["textbox", "form"]
        assert set(config["page"]) == {"", "second"}
        unknown = (await client.get("/config?page=nope")).json()
        assert "current_page" not in unknown
        home = (await client.get("/config?page=")).json()
        assert home["current_page"] == ""


async def test_the_info_lists_public_endpoints_with_snippets() -> None:
    async with in_process() as client:
        info = (await client.get("/gradio_api/info?serialize=False")).json()
        named = info["named_endpoints"]
        assert info["unnamed_endpoints"] == {}
        assert "/greet" in named
        assert "/secret" not in named
        assert "/hidden" not in named
        assert set(named["/greet"]["code_snippets"]) == {"python", "javascript", "bash", "cli"}
        assert ORIGIN in named["/greet"]["code_snippets"]["python"]
        everything = (await client.get("/gradio_api/info?all_endpoints=True")).json()
        assert "/hidden" in everything["named_endpoints"]
        assert "/secret" not in everything["named_endpoints"]
        assert "code_snippets" not in everything["named_endpoints"]["/greet"]


async def test_the_python_snippet_is_valid_python() -> None:
    import ast

    async with in_process() as client:
        info = (await client.get("/gradio_api/info")).json()
        for endpoint in info["named_endpoints"].values():
            ast.parse(endpoint["code_snippets"]["python"])


async def test_the_openapi_document_describes_calls() -> None:
    async with in_process() as client:
        document = (await client.get("/gradio_api/openapi.json")).json()
        assert document["openapi"] == "3.0.2"
        call = document["paths"]["/gradio_api/call/v2/greet"]["post"]
        assert call["operationId"] == "greet"
        assert "/gradio_api/call/greet/{event_id}" in document["paths"]
        assert "/gradio_api/upload" in document["paths"]
        assert not any("secret" in path for path in document["paths"])


@pytest.mark.parametrize("path", ["/config/", "/gradio_api/info/", "/gradio_api/app_id/"])
async def test_a_final_slash_makes_no_difference(path: str) -> None:
    async with in_process() as client:
        assert (await client.get(path)).content == (await client.get(path.rstrip("/"))).content


async def test_descriptions_are_compressed_for_those_who_accept_it() -> None:
    async with in_process() as client:
        packed = await client.get("/config", headers={"accept-encoding": "gzip"})
        plain = await client.get("/config", headers={"accept-encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip"
        assert "content-encoding" not in plain.headers
        assert packed.json() == plain.json()


async def test_no_request_changes_what_another_sees() -> None:
    async with in_process(make_app()) as client:
        before = (await client.get("/config")).text
        await client.get("/config", headers={"host": "other.example"})
        await client.get("/config?page=second&deep_link=x")
        assert (await client.get("/config")).text == before
