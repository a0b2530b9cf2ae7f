from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from limelight.core.filenames import clean_name, guess_mime, is_of_type, name_of


@pytest.mark.parametrize(
    ("given_name", "cleaned"),
    [
        (".txt", ".txt"),
        ("???.txt", "file.txt"),
        ("con.txt", "_con.txt"),
        ("CON", "_CON"),
        ("com1.tar.gz", "_com1.tar.gz"),
        ("COM¹.txt", "_COM¹.txt"),
        ("conin$", "conin"),
        ("con .txt", "_con .txt"),
        ("aux ", "_aux"),
        ("NUL.", "_NUL"),
        ("a. .", "a"),
        ("a/b.txt", "b.txt"),
        ("a\\b.txt", "b.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:x", "Cx"),
        ("x::$DATA", "xDATA"),
        ("..", "file"),
        ("...", "file"),
        ("", "file"),
        ("a\x00b\x7f.txt", "ab.txt"),
        ("100%.txt", "100%.txt"),
        ("a b#c.txt", "a b#c.txt"),
        ("$.txt", "file.txt"),
        ("é" * 300 + ".txt", "é" * 98 + ".txt"),
    ],
)
def test_names_are_cleaned_as_the_protocol_says(given_name: str, cleaned: str) -> None:
    assert clean_name(given_name) == cleaned


@given(st.text(max_size=600) | st.text(alphabet="./\\ :conau1x$", max_size=30))
def test_a_cleaned_name_is_safe_and_stays_as_it_is(name: str) -> None:
    cleaned = clean_name(name)
    assert 0 < len(cleaned.encode()) <= 200
    assert cleaned not in (".", "..")
    assert not set(cleaned) & set('<>:"/\\|?*`$!{}\x00\n\x7f')
    assert cleaned == cleaned.rstrip(" .")
    assert clean_name(cleaned) == cleaned


def test_a_file_without_a_name_gets_a_random_one() -> None:
    assert clean_name(None).startswith("tmp")
    assert clean_name(None) != clean_name(None)


def test_media_types_do_not_depend_on_the_system() -> None:
    assert guess_mime("a.WEBP") == "image/webp"
    assert guess_mime("a.svg.gz") == "application/octet-stream"
    assert guess_mime("data:text/html,x") == "application/octet-stream"


def test_endings_kinds_and_media_types_name_a_type() -> None:
    for types in ([".txt"], ["txt"], [".TXT"], ["text"], ["text/*"], ["text/plain"], ["file"]):
        assert is_of_type("a/Notes.txt", types)
        assert not is_of_type("a/cat.png", types) or types == ["file"]
    assert is_of_type("a", None)
    assert is_of_type("a", [])
    assert is_of_type("a.tar.gz", [".png", ".tar.gz"])


def test_the_name_is_the_last_part_of_a_path_or_address() -> None:
    assert name_of("/a/b c.txt") == "b c.txt"
    assert name_of("c.txt") == "c.txt"
    assert name_of("https://example.com/a/b%20c.csv?x=1") == "b c.csv"
    assert name_of("https://example.com") == "example.com"
