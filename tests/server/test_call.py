from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.server.harness import ORIGIN, events_of, fn_index, in_process, make_app


async def test_a_call_by_list_and_its_result() -> None:
    async with in_process() as client:
        answer = await client.post("/gradio_api/call/greet", json={"data": ["Ann"]})
        event = answer.json()["event_id"]
        result = await client.get(f"/gradio_api/call/greet/{event}")
        assert result.text == 'event: complete\ndata: ["Hello Ann"]\n\n'
        assert result.headers["content-type"] == "text/event-stream; charset=utf-8"


async def test_a_result_can_be_fetched_again_for_a_while_and_then_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from limelight.settings import settings

    monkeypatch.setenv("LIMELIGHT_RESUME_WINDOW", "0.2")
    settings.cache_clear()
    try:
        app = make_app()
    finally:
        settings.cache_clear()
    async with in_process(app) as client:
        made = await client.post("/gradio_api/call/greet", json={"data": ["A"]})
        address = f"/gradio_api/call/greet/{made.json()['event_id']}"
        first, again = (await client.get(address)).text, (await client.get(address)).text
        assert first == again == 'event: complete\ndata: ["Hello A"]\n\n'
        await asyncio.sleep(0.4)
        late = await client.get(address)
        assert events_of(late.text) == [("error", "404: Not Found")]
        assert len(app.state.site.runtime.sessions) == 0


async def test_a_generator_gives_full_values() -> None:
    async with in_process() as client:
        event = (await client.post("/gradio_api/call/count", json={"data": [3]})).json()["event_id"]
        found = events_of((await client.get(f"/gradio_api/call/v2/count/{event}")).text)
        assert found == [
            ("generating", ["w0 "]),
            ("generating", ["w0 w1 "]),
            ("generating", ["w0 w1 w2 "]),
            ("complete", ["w0 w1 w2 "]),
        ]


async def test_a_failed_call_is_an_error_event() -> None:
    async with in_process() as client:
        event = (await client.post("/gradio_api/call/crash", json={"data": ["x"]})).json()[
            "event_id"
        ]
        result = await client.get(f"/gradio_api/call/crash/{event}")
        assert events_of(result.text) == [("error", {"error": None})]


async def test_state_is_left_out_and_kept_in_a_named_session() -> None:
    async with in_process() as client:
        for expected in (2, 4):
            body = {"data": [2], "session_hash": "mine"}
            event = (await client.post("/gradio_api/call/add", json=body)).json()["event_id"]
            found = events_of((await client.get(f"/gradio_api/call/add/{event}")).text)
            assert found == [("complete", [expected, None])]


async def test_parameters_by_name() -> None:
    async with in_process() as client:
        answer = await client.post("/gradio_api/call/v2/greet", json={"name": "Ann"})
        found = events_of(
            (await client.get(f"/gradio_api/call/v2/greet/{answer.json()['event_id']}")).text
        )
        assert found == [("complete", ["Hello Ann"])]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("call/v2/greet", {}, 422),
        ("call/v2/greet", {"nope": 1}, 422),
        ("call/v2/greet", {"name": "x", "nope": 1}, 422),
        ("call/v2/greet", [], 422),
        ("call/v2/nope", {"name": "Ann"}, 404),
        ("call/v2/secret", {"name": "Ann"}, 404),
        ("call/nope", {"data": ["Ann"]}, 404),
        ("call/secret", {"data": ["Ann"]}, 404),
        ("call/greet", {"data": "x"}, 422),
        ("call/greet", {}, 422),
        ("run/nope", {"data": ["Ann"]}, 404),
        ("run/secret", {"data": ["Ann"]}, 404),
        ("run/greet", {"data": ["Ann"], "fn_index": 99}, 404),
    ],
)
async def test_a_bad_call_is_refused(path: str, body: Any, status: int) -> None:
    async with in_process() as client:
        answer = await client.post(f"/gradio_api/{path}", json=body)
        assert answer.status_code == status, answer.text
        assert set(answer.json()) == {"detail"}


async def test_too_few_values_fail_the_call_and_too_many_do_not() -> None:
    async with in_process() as client:
        event = (await client.post("/gradio_api/call/greet", json={"data": []})).json()["event_id"]
        found = events_of((await client.get(f"/gradio_api/call/greet/{event}")).text)
        assert [kind for kind, _ in found] == ["error"]
        body = {"data": ["Ann", "extra"]}
        event = (await client.post("/gradio_api/call/greet", json=body)).json()["event_id"]
        found = events_of((await client.get(f"/gradio_api/call/greet/{event}")).text)
        assert found == [("complete", ["Hello Ann"])]


@pytest.mark.parametrize("path", ["run/greet", "api/greet", "run/greet/", "run/predict"])
async def test_a_direct_call_answers_at_once(path: str) -> None:
    app = make_app()
    async with in_process(app) as client:
        body = {"data": ["Ann"], "fn_index": fn_index(app, "greet")}
        answer = await client.post(f"/gradio_api/{path}", json=body)
        found = answer.json()
        assert answer.status_code == 200
        assert set(found) == {
            "data",
            "is_generating",
            "duration",
            "average_duration",
            "render_config",
            "changed_state_ids",
            "used_cache",
        }
        assert (found["data"], found["is_generating"]) == (["Hello Ann"], False)


async def test_a_direct_call_of_a_generator_gives_its_first_value() -> None:
    async with in_process() as client:
        found = (await client.post("/gradio_api/run/count", json={"data": [3]})).json()
        assert (found["data"], found["is_generating"]) == (["w0 "], True)


async def test_a_direct_call_that_fails_is_a_500_with_an_error_object() -> None:
    async with in_process() as client:
        answer = await client.post("/gradio_api/run/fail", json={"data": ["x"]})
        assert answer.status_code == 500
        assert answer.json() == {"error": "no x", "duration": 10, "visible": True, "title": "Sorry"}


async def test_direct_calls_can_be_closed() -> None:
    app = make_app()
    app.state.site.graph.settings.api_open = False
    async with in_process(app) as client:
        assert (await client.post("/gradio_api/run/greet", json={"data": ["x"]})).status_code == 404
        assert (
            await client.post("/gradio_api/run/direct", json={"data": ["x"]})
        ).status_code == 200


async def test_file_urls_are_absolute_for_clients_and_relative_for_the_page() -> None:
    async with in_process() as client:
        up = await client.post("/gradio_api/upload", files={"files": ("a.txt", b"hello")})
        handle = up.json()[0]
        body = {"data": [{"path": handle, "meta": {"_type": "gradio.FileData"}}]}
        made = (await client.post("/gradio_api/run/copy", json=body)).json()["data"][0]
        assert made["url"] == f"{ORIGIN}/gradio_api/file={made['path']}"
        assert (await client.get(made["url"])).content == b"hello"
        page = {"x-gradio-user": "app"}
        made = (await client.post("/gradio_api/run/copy", json=body, headers=page)).json()["data"][
            0
        ]
        assert made["url"] == f"gradio_api/file={made['path']}"
        event = (await client.post("/gradio_api/call/copy", json=body)).json()["event_id"]
        [(_, [made])] = events_of((await client.get(f"/gradio_api/call/copy/{event}")).text)
        assert made["url"].startswith(ORIGIN)


async def test_somebody_elses_path_is_never_opened() -> None:
    async with in_process() as client:
        for path in ("/etc/passwd", "../../etc/passwd", "0" * 32 + "/a.txt"):
            body = {"data": [{"path": path, "meta": {"_type": "gradio.FileData"}}]}
            answer = await client.post("/gradio_api/run/copy", json=body)
            assert answer.status_code == 400
            assert "root:" not in answer.text
            event = (await client.post("/gradio_api/call/copy", json=body)).json()["event_id"]
            found = events_of((await client.get(f"/gradio_api/call/copy/{event}")).text)
            assert [kind for kind, _ in found] == ["error"]


async def test_a_reader_that_leaves_takes_nothing_along() -> None:
    app = make_app()
    async with in_process(app) as client:
        event = (await client.post("/gradio_api/call/slow", json={"data": ["x"]})).json()[
            "event_id"
        ]
        task = asyncio.ensure_future(client.get(f"/gradio_api/call/slow/{event}"))
        await asyncio.sleep(0.05)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert app.state.site._streams.total() == 0
        session = app.state.site.runtime.session(event, None)
        assert session.connections == 0
