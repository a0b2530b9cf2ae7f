"""Bytes inside JSON: exact both ways, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limelight.core.binary import pack, unpack
from limelight.errors import PayloadError
from limelight.wire.codec import decode, encode

_plain = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text() | st.binary()
_names = st.text(min_size=1).filter(lambda name: name != "_type")
_values = st.recursive(_plain, lambda v: st.lists(v) | st.dictionaries(_names, v), max_leaves=12)


@given(_values)
def test_what_is_packed_crosses_json_and_comes_back(value: object) -> None:
    assert unpack(decode(encode(pack(value)))) == value


def test_bytes_of_any_kind_are_packed_at_any_depth() -> None:
    packed = {"_type": "bytes", "base64": "AP8="}
    kinds = [b"\x00\xff", bytearray(b"\x00\xff"), memoryview(b"\x00\xff")]
    assert pack({"a": [*kinds], "b": 1}) == {"a": [packed, packed, packed], "b": 1}


def test_values_without_bytes_stay_themselves() -> None:
    value = {"a": [1, {"b": "c"}], "_type": "bytes"}
    assert pack(value) is value
    assert unpack(value) is value


@pytest.mark.parametrize("text", ["*", "AP8", 5, None])
def test_what_is_not_base64_is_refused(text: object) -> None:
    with pytest.raises(PayloadError, match="is not base64"):
        unpack({"x": {"_type": "bytes", "base64": text}})
