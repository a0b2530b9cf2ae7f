"""Terminal: props, conversions, refusals; and what writes to it."""

from __future__ import annotations

import inspect
import itertools
import logging
import os
import sys
import threading
import time
from typing import Any

import pytest

from limelight.components.terminal.terminal import Terminal
from limelight.errors import PayloadError, PropError, ValueRejected


def test_defaults() -> None:
    parameters = inspect.signature(Terminal).parameters
    expected = {
        "value": None,
        "height": "20em",
        "max_lines": 10_000,
        "wrap": True,
        "follow": True,
        "line_numbers": False,
        "timestamps": False,
        "searchable": True,
        "prompt": None,
        "buttons": None,
        "interactive": None,
    }
    assert {name: parameters[name].default for name in expected} == expected
    positional = [n for n, p in parameters.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    assert positional == ["value"]
    assert list(Terminal.events) == ["change", "submit", "clear", "stop"]
    assert Terminal().buttons == ["copy", "download", "clear"]


def test_a_prompt_makes_it_interactive_unless_said_otherwise() -> None:
    assert Terminal().interactive is None
    assert Terminal(prompt="$ ").interactive is True
    assert Terminal(prompt="$ ", interactive=False).interactive is False


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, None), ("a\x1b[0m", "a\x1b[0m"), (["a", "b"], "a\nb"), ((), ""), (("x",), "x")],
)
def test_the_page_gets_a_text(value: Any, text: str | None) -> None:
    assert Terminal().postprocess(value) == text


@pytest.mark.parametrize("value", [b"bytes", 5, ["a", None], {"a": 1}])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match="expected a text or a list of lines"):
        Terminal().postprocess(value)


def test_functions_get_the_text() -> None:
    assert [Terminal().preprocess(payload) for payload in (None, "a")] == [None, "a"]
    refused: list[Any] = [5, ["a"], {}]
    for payload in refused:
        with pytest.raises(PayloadError, match="expected a text"):
            Terminal().preprocess(payload)


def test_a_terminal_without_lines_is_refused() -> None:
    with pytest.raises(PropError, match="max_lines=0; expected 1 or more"):
        Terminal(max_lines=0)


def test_what_the_api_says() -> None:
    assert Terminal().api_info() == {"type": "string"}
    assert Terminal().example_payload() == Terminal().example_value()


def test_what_a_function_logs_is_yielded_while_it_runs() -> None:
    logger = logging.getLogger("tests.terminal")
    logger.setLevel(logging.INFO)
    going = threading.Event()

    def train(steps: int) -> None:
        logger.info("begins")
        going.wait(10)
        for step in range(steps):
            logger.warning("step %d", step)

    texts: list[str] = []
    for text in Terminal.handler().follow(train, steps=2):
        texts.append(text)
        going.set()
    assert "\x1b[36mINFO\x1b[0m begins" in texts[0]
    assert "step" not in texts[0]
    assert texts[-1].count("\n") == 3
    assert all(later.startswith(sooner) for sooner, later in itertools.pairwise(texts))
    assert not [h for h in logging.getLogger().handlers if type(h).__name__ == "LogHandler"]


def test_what_the_function_raises_comes_after_its_text() -> None:
    def fail() -> None:
        logging.getLogger("tests.terminal").error("so far")
        raise ValueError("broken")

    texts: list[str] = []
    with pytest.raises(ValueError, match="broken"):
        texts.extend(Terminal.handler(colors=False).follow(fail))
    assert texts[-1].endswith("ERROR so far\n")


def test_others_that_log_meanwhile_are_not_heard() -> None:
    def quiet() -> None:
        other = threading.Thread(target=logging.getLogger("tests.other").error, args=["noise"])
        other.start()
        other.join()

    assert list(Terminal.handler().follow(quiet))[-1] == ""


def test_a_handler_can_be_written_to_and_forgets_old_lines() -> None:
    handler = Terminal.handler(max_lines=3)
    for number in range(5):
        print(number, file=handler)
    assert handler.text == "0\n1\n2\n3\n4\n"
    print(5, file=handler)
    assert handler.text == "3\n4\n5\n"


def test_a_program_writes_and_ends_with_its_code() -> None:
    code = "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)"
    texts: list[str] = []

    def watch() -> Any:
        texts.append(str((yield from Terminal.command([sys.executable, "-c", code]))))

    seen = list(watch())
    assert (seen[-1], texts) == ("out\nerr\n", ["3"])


def test_a_program_is_ended_with_its_generator() -> None:
    code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    running = Terminal.command([sys.executable, "-c", code])
    pid = int(next(text for text in running if text))
    began = time.monotonic()
    running.close()
    assert time.monotonic() - began < 10
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_program_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        next(Terminal.command("no-such-program --x"))
