"""Code: conversions, refusals and what the page is told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from limelight.components.code_.code_ import Code
from limelight.errors import PayloadError, PropError, ValueRejected


@pytest.mark.parametrize(
    ("value", "payload"),
    [(" x = 1 \n", "x = 1"), ("", ""), ("a\n  b", "a\n  b"), (None, None)],
)
def test_the_page_gets_the_text_without_blanks_around_it(value: Any, payload: Any) -> None:
    assert Code().postprocess(value) == payload


@pytest.mark.parametrize("value", [5, ("main.py",), ["x"], {"a": 1}])
def test_what_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(ValueRejected, match=r"expected a text.*read_text"):
        Code().postprocess(value)


def test_functions_get_the_text() -> None:
    assert [Code().preprocess(payload) for payload in ("x", "", None)] == ["x", "", None]
    for payload in (1, ["x"], {"path": "/etc/passwd"}):
        with pytest.raises(PayloadError, match="expected a text"):
            Code().preprocess(payload)


def test_a_path_that_a_reader_sent_is_only_a_text() -> None:
    path = "/etc/passwd"
    code = Code()
    assert code.postprocess(code.preprocess(path)) == path


def test_the_page_is_told_all_props() -> None:
    props = Code("x", "python", lines=3, max_lines=9, autocomplete=True).wire_props()
    names = (
        "language",
        "lines",
        "max_lines",
        "wrap_lines",
        "show_line_numbers",
        "autocomplete",
        "buttons",
        "min_width",
    )
    assert {name: props[name] for name in names} == {
        "language": "python",
        "lines": 3,
        "max_lines": 9,
        "wrap_lines": False,
        "show_line_numbers": True,
        "autocomplete": True,
        "buttons": ["copy", "download"],
        "min_width": 160,
    }
    assert Code(buttons=[]).wire_props()["buttons"] == []
    assert (Code.tag, list(Code.events)) == ("code", ["change", "input", "focus", "blur"])


def test_every_language_that_is_declared_is_taken() -> None:
    declared = re.findall(r"['\"]([\w-]+)['\"]", str(Code.prop_table["language"].annotation))
    assert len(declared) == 28
    assert [Code(language=name).language for name in declared] == declared


def test_other_languages_and_heights_are_refused() -> None:
    language: Any = "cobol"
    with pytest.raises(PropError, match=r"language='cobol'; expected 'python'"):
        Code(language=language)
    with pytest.raises(PropError, match="max_lines=0"):
        Code(max_lines=0)


def test_the_api_is_described() -> None:
    code = Code()
    assert code.api_info() == {"type": "string"}
    assert code.example_payload() == code.example_value() == "print('Hello World')"
