"""Request bodies: read up to a limit, decoded into structs, refused with 413 and 422. Knows no
route.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from limelight.runtime.rejected import Rejected
from limelight.settings import settings

if TYPE_CHECKING:
    from starlette.types import Receive, Scope

__all__ = ["Disconnected", "check_depth", "decode_body", "missing", "read_body"]

T = TypeVar("T")

_WHERE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]")
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_PROBLEMS = {
    "array": ("list_type", "Input should be a valid list"),
    "object": ("dict_type", "Input should be a valid dictionary"),
    "str": ("string_type", "Input should be a valid string"),
    "int": ("int_type", "Input should be a valid integer"),
    "bool": ("bool_type", "Input should be a valid boolean"),
}


class Disconnected(Exception):  # not an error of anybody's
    """The client went away before its request was complete."""


async def read_body(scope: Scope, receive: Receive, limit: int) -> bytes:
    """The whole body.

    Raises:
        Rejected: 413, it is larger than `limit` bytes; nothing of it is kept.
        Disconnected: the client went away.
    """
    for name, value in scope["headers"]:
        if name == b"content-length" and (not value.isdigit() or int(value[:20]) > limit):
            raise Rejected(413, f"The request is larger than the {limit} bytes allowed here.")
    chunks: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Disconnected
        chunk: bytes = message.get("body", b"")
        size += len(chunk)
        if size > limit:
            raise Rejected(413, f"The request is larger than the {limit} bytes allowed here.")
        if not message.get("more_body", False):
            return b"".join([*chunks, chunk]) if chunks else chunk
        chunks.append(chunk)


def decode_body(body: bytes | str, decoder: msgspec.json.Decoder[T]) -> T:
    """The struct that a JSON body describes.

    Raises:
        Rejected: 422 with a list of what is wrong, one object with `type`, `loc`, `msg` and `input`
            each.
    """
    try:
        value = decoder.decode(body)
        # After decoding, because its pattern for strings is slow on what is not JSON.
        check_depth(body)
        return value
    except msgspec.ValidationError as error:
        raise Rejected(422, [_problem(str(error), body)]) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Rejected(422, [_broken(str(error))]) from None
    except RecursionError:
        raise Rejected(422, [_broken("nested too deeply")]) from None


def check_depth(body: bytes | str) -> None:
    """Refuse JSON that is nested so deeply that a function walking it would run out of stack.

    Raises:
        RecursionError: it is.
    """
    most = settings().max_json_depth
    raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    if raw.count(b"[") + raw.count(b"{") <= most:
        return
    level = 0
    for byte in _STRING.sub(b"", raw).translate(None, _NOT_BRACKETS):
        level += 1 if byte in b"[{" else -1
        if level > most:
            raise RecursionError("nested too deeply")


def missing(where: str, name: str) -> Rejected:
    """The refusal for a query parameter or member that is not there."""
    return Rejected(
        422, [{"type": "missing", "loc": [where, name], "msg": "Field required", "input": None}]
    )


def _broken(text: str) -> dict[str, Any]:
    return {
        "type": "json_invalid",
        "loc": ["body", 0],
        "msg": "JSON decode error",
        "input": {},
        "ctx": {"error": text},
    }


def _problem(text: str, body: bytes | str) -> dict[str, Any]:
    """One of msgspec's messages in the form that clients know."""
    loc: list[str | int] = ["body"]
    found = _WHERE.search(text)
    if found is not None:
        text = text[: found.start()]
        for step in _STEP.finditer(found["path"]):
            loc.append(step["name"] if step["name"] is not None else int(step["index"]))
    absent = re.match(r"Object missing required field `(.*)`$", text)
    if absent is not None:
        loc.append(absent[1])
        return {
            "type": "missing",
            "loc": loc,
            "msg": "Field required",
            "input": _member(body, loc[1:-1]),
        }
    wanted = re.match(r"Expected `(\w+)", text)
    kind, message = _PROBLEMS.get(wanted[1] if wanted else "", ("value_error", text))
    return {"type": kind, "loc": loc, "msg": message, "input": _member(body, loc[1:])}


def _member(body: bytes | str, path: list[str | int]) -> Any:
    """The part of the body that is wrong, when it is short enough to repeat."""
    if len(body) > 10_000:
        return None
    try:
        value: Any = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):  # broken behind the part that is wrong, too
        return None
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value
