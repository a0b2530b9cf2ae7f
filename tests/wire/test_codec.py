from __future__ import annotations

import datetime
import enum
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest

from limelight.wire.codec import decode, decode_as, encode
from limelight.wire.messages import Heartbeat, Log
from limelight.wire.requests import Join


class Colour(enum.Enum):
    RED = "red"


class Model:
    """Looks like a model of pydantic."""

    def model_dump(self) -> dict[str, Any]:
        return {"a": 1}


class Other:
    def __str__(self) -> str:
        return "other"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"a": [1, 2.5, None, True, "ä"]}, '{"a":[1,2.5,null,true,"ä"]}'),
        (float("nan"), "null"),
        (float("inf"), "null"),
        (Path("a/b"), '"a/b"'),
        (Colour.RED, '"red"'),
        (datetime.date(2025, 1, 2), '"2025-01-02"'),
        (datetime.datetime(2025, 1, 2, 3, 4), '"2025-01-02T03:04:00"'),
        (datetime.time(3, 4), '"03:04:00"'),
        (np.float32(0.5), "0.5"),
        (np.int64(3), "3"),
        (np.array([[1, 2]]), "[[1,2]]"),
        (Model(), '{"a":1}'),
        (Other(), '"other"'),
    ],
)
def test_values_that_json_does_not_know_are_written_too(value: Any, text: str) -> None:
    assert encode(value).decode() == text


def test_a_message_carries_its_kind() -> None:
    assert encode(Heartbeat()).decode() == '{"msg":"heartbeat","event_id":null}'
    assert decode(encode(Log("e", "hi", "info")))["msg"] == "log"


def test_a_body_is_read_as_a_struct() -> None:
    assert decode_as(b'{"data":[1],"more":2}', Join) == Join(data=[1])
    with pytest.raises(msgspec.ValidationError, match="data"):
        decode_as(b'{"data":1}', Join)


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "nul", '{"a":1} x'])
def test_what_is_not_json_is_refused(text: str) -> None:
    with pytest.raises((msgspec.DecodeError, RecursionError)):
        decode(text)
