"""Calls that both clients make in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.clients.scenes import PATIENCE_S, Stage, serve
from tests.clients.talk import Connection, Failed

if TYPE_CHECKING:
    from tests.clients.conftest import Connect

pytestmark = pytest.mark.clients


# ---- one table of calls: endpoint, arguments, outputs --------------------------------------------

CALLS: dict[str, tuple[str, list[Any], dict[str, Any], list[Any]]] = {
    "by position": ("/greet", ["Ann", 2], {}, ["Hello Ann Hello Ann"]),
    "by name": ("/greet", [], {"name": "Ann", "times": 1}, ["Hello Ann"]),
    "with a default": ("/greet", [], {"name": "Ann"}, ["Hello Ann Hello Ann"]),
    "of other scripts": ("/greet", ["Ωλ 😀 \"'\\ \u2028", 1], {}, ["Hello Ωλ 😀 \"'\\ \u2028"]),
    "long text": ("/greet", ["x" * 300_000, 1], {}, ["Hello " + "x" * 300_000]),
    "two outputs": ("/measure", ["hey"], {}, [3, "HEY"]),
    "generator": ("/words", [3], {}, ["w0 w1 w2 "]),
    "not queued": ("/direct", ["Ann", 1], {}, ["Hello Ann"]),
    "undocumented": ("/undocumented", ["Ann", 1], {}, ["Hello Ann"]),
    "validated": ("/short", ["Ann", 1], {}, ["Hello Ann"]),
    "without components": ("/tally", ["abc", ["x", "x"], 2], {}, [6, {"x": 2}]),
    "without components, by name": ("/tally", [], {"text": "abc"}, [6, {}]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_call_gives_the_functions_outputs(
    client: Connection, call: tuple[str, list[Any], dict[str, Any], list[Any]]
) -> None:
    endpoint, args, kwargs, outputs = call
    if client.name == "javascript" and endpoint == "/undocumented":
        pytest.skip("without a description it takes positional arguments by submit only")
    assert client.predict(endpoint, *args, **kwargs) == outputs


STEPS: dict[str, tuple[str, list[Any], list[list[Any]]]] = {
    "growing text": ("/words", [3], [["w0 "], ["w0 w1 "], ["w0 w1 w2 "]]),
    "growing lists of two outputs": (
        "/grow",
        [3],
        [[[{"n": 0}], 1], [[{"n": 0}, {"n": 1}], 2], [[{"n": 0}, {"n": 1}, {"n": 2}], 3]],
    ),
    "changing text": ("/shrink", [], [["abc"], ["ab"], ["xyz"]]),
    "one value": ("/greet", ["Ann", 1], [["Hello Ann"]]),
}


@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_every_step_of_a_generator_arrives(
    client: Connection, steps: tuple[str, list[Any], list[list[Any]]]
) -> None:
    endpoint, args, values = steps
    heard = client.hear(endpoint, *args)
    assert heard.values == values
    assert heard.result == values[-1]


# ---- what the client shows -----------------------------------------------------------------------


def test_description_has_the_public_endpoints(client: Connection) -> None:
    endpoints = client.endpoints()
    assert {"/greet", "/measure", "/direct", "/double"} <= set(endpoints)
    assert not {"/private", "/undocumented"} & set(endpoints)
    name, times = endpoints["/greet"]["parameters"]
    assert (name["label"], name["parameter_name"], name["parameter_has_default"]) == (
        "Name",
        "name",
        False,
    )
    assert (times["label"], times["parameter_name"], times["parameter_default"]) == (
        "Number",
        "times",
        2,
    )
    assert [made["label"] for made in endpoints["/measure"]["returns"]] == ["Count", "Answer"]
    # The JavaScript client adds hidden parameters of its own for states.
    given = [each for each in endpoints["/add"]["parameters"] if not each.get("hidden")]
    assert [each["label"] for each in given] == ["Count"]


def test_unknown_endpoint_is_refused_by_the_client(client: Connection) -> None:
    with pytest.raises(Failed):
        client.predict("/nowhere", "x")


def test_private_endpoint_is_refused_by_the_python_client(python: Connect, url: str) -> None:
    with pytest.raises(Failed):
        python(url).predict("/private", "Ann", 1)


# ---- errors --------------------------------------------------------------------------------------


def test_authors_error_arrives_with_title_and_duration(client: Connection) -> None:
    with pytest.raises(Failed) as told:
        client.hear("/refuse", "Ann")
    problem = told.value
    assert (problem.message, problem.title, problem.duration, problem.visible) == (
        "no Ann <b>today</b>",
        "Sorry",
        3,
        False,
    )


def test_authors_error_has_defaults(client: Connection) -> None:
    with pytest.raises(Failed) as told:
        client.hear("/refuse_plainly", "Ann")
    problem = told.value
    assert (problem.message, problem.title, problem.duration, problem.visible) == (
        "no Ann",
        "Error",
        10,
        True,
    )


def test_other_exceptions_stay_hidden(client: Connection) -> None:
    with pytest.raises(Failed) as told:
        client.hear("/crash", "Ann")
    assert "secret" not in f"{told.value.message}{told.value.title}{told.value.detail}"


def test_other_exceptions_are_shown_if_the_author_says_so(connect: Connect) -> None:
    with serve(Stage().demo, show_error=True) as url, pytest.raises(Failed) as told:
        connect(url).hear("/crash", "Ann")
    assert told.value.message == "secret of Ann"


def test_failed_prediction_throws(client: Connection) -> None:
    with pytest.raises(Failed):
        client.predict("/refuse", "Ann")
    assert client.predict("/greet", "Ann", 1) == ["Hello Ann"]


def test_error_after_a_value_ends_the_call(client: Connection) -> None:
    with pytest.raises(Failed, match="stopped midway"):
        client.hear("/stop_midway", "Ann")


def test_what_does_not_fit_a_type_hint_is_refused_with_words(client: Connection) -> None:
    with pytest.raises(Failed, match="wrong 'tags': expected a text at \\[1\\], got 1"):
        client.hear("/tally", "abc", ["x", 1], 2)


def test_validator_refuses_before_the_call(client: Connection) -> None:
    with pytest.raises(Failed) as told:
        client.hear("/short", "much too long", 1)
    assert told.value.kind == "validation"
    if told.value.detail is None:
        assert "too long" in str(told.value)
    else:
        assert told.value.detail == [
            {
                "__type__": "validate",
                "is_valid": False,
                "message": "too long",
                "parameter_name": "name",
            },
            {"is_valid": True, "message": ""},
        ]


# ---- cancelling ----------------------------------------------------------------------------------


def test_cancelled_generator_stops(client: Connection, stage: Stage) -> None:
    heard = client.hear("/forever", "x", cancel_after=2)
    assert heard.is_cancelled
    assert heard.values[:2] == [["x0"], ["x1"]]
    assert stage.has_ended.wait(PATIENCE_S)
    assert stage.ended == ["x"]
    assert client.predict("/greet", "Ann", 1) == ["Hello Ann"]


# ---- sessions ------------------------------------------------------------------------------------


def test_state_lasts_for_the_session(client: Connection) -> None:
    assert client.predict("/add", 2) == [2]
    assert client.predict("/add", 3) == [5]
    client.new_session()
    assert client.predict("/add", 4) == [4]


def test_sessions_do_not_share_state(connect: Connect, url: str) -> None:
    ann, bob = connect(url), connect(url)
    assert ann.predict("/add", 2) == [2]
    assert bob.predict("/add", 10) == [10]
    assert ann.predict("/add", 3) == [5]
    assert bob.predict("/who")[0]["session"] != ann.predict("/who")[0]["session"]


def test_functions_know_that_a_client_calls(client: Connection) -> None:
    assert client.predict("/who")[0]["user"] == "api"


# ---- several at once -----------------------------------------------------------------------------


def test_many_calls_at_once_get_their_own_outputs(client: Connection) -> None:
    calls: list[tuple[str, tuple[Any, ...]]] = []
    expected: list[list[Any]] = []
    for number in range(6):
        calls += [
            ("/greet", (f"n{number}", 1)),
            ("/words", (number + 1,)),
            ("/measure", ("x" * number,)),
        ]
        expected += [
            [f"Hello n{number}"],
            ["".join(f"w{i} " for i in range(number + 1))],
            [number, "X" * number],
        ]
    assert client.together(calls) == expected


def test_calls_run_beside_each_other(client: Connection, stage: Stage) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as pool:
        made = pool.submit(client.together, [("/wait", (str(i),)) for i in range(4)])
        try:
            for _ in range(4):
                assert stage.has_begun.acquire(timeout=PATIENCE_S)
        finally:
            stage.gate.set()
        assert made.result() == [[f"{i} waited"] for i in range(4)]


def test_batch_function_gets_what_waits_together(client: Connection, stage: Stage) -> None:
    calls: list[tuple[str, tuple[Any, ...]]] = [("/double", (i,)) for i in range(8)]
    assert client.together(calls) == [[i * 2] for i in range(8)]
    assert sum(stage.batches) == 8
    assert max(stage.batches) <= 4


def test_call_is_refused_while_the_queue_is_full(connect: Connect) -> None:
    from concurrent.futures import ThreadPoolExecutor

    stage = Stage()
    stage.demo.queue(max_size=1)
    with serve(stage.demo) as url, ThreadPoolExecutor(2) as pool:
        client = connect(url)
        try:
            running = [pool.submit(client.hear, "/report", "running")]
            assert stage.has_begun.acquire(timeout=PATIENCE_S)
            other = connect(url)
            running.append(pool.submit(other.hear, "/report", "waiting"))
            while not stage.demo.server.app.state.site.runtime.queue_size():
                assert not stage.gate.wait(0.01)
            with pytest.raises(Failed) as told:
                connect(url).hear("/report", "too much")
            assert told.value.kind == "busy"
        finally:
            stage.gate.set()
        assert [job.result().result for job in running] == [["running"], ["waiting"]]
