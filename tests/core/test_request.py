from __future__ import annotations

import pickle

import pytest

import limelight as gr
from limelight.core.request import Client, Headers


def request() -> gr.Request:
    return gr.Request(
        username="ada",
        session_hash="s",
        headers={"User-Agent": "Firefox", "X-Forwarded-For": "1.2.3.4"},
        query_params={"a": "1"},
        cookies={"c": "2"},
        path_params={"p": 3},
        client=("127.0.0.1", 8000),
        url="http://host/x",
        method="GET",
        extra=True,
    )


def test_it_says_who_calls() -> None:
    made = request()
    assert (made.username, made.session_hash, made.method) == ("ada", "s", "GET")
    assert made.client == Client("127.0.0.1", 8000)
    assert (made.query_params, made.cookies, made.path_params) == ({"a": "1"}, {"c": "2"}, {"p": 3})
    assert made.kwargs == {"extra": True}
    assert repr(made) == "Request(url='http://host/x', username='ada', session='s')"
    assert (gr.Request().client, gr.Request().url, gr.Request().identity) == (None, "", None)


def test_headers_are_found_in_any_case_and_as_attributes() -> None:
    headers = request().headers
    assert headers["USER-AGENT"] == headers.user_agent == headers.get("user-agent") == "Firefox"
    assert "X-forwarded-for" in headers
    assert "accept" not in headers
    assert (len(headers), list(headers)) == (2, ["user-agent", "x-forwarded-for"])
    assert dict(headers.items()) == dict(zip(headers.keys(), headers.values(), strict=True))
    assert repr(Headers({"A": "b"})) == "Headers({'a': 'b'})"
    with pytest.raises(AttributeError, match="accept"):
        _ = headers.accept


def test_it_travels_between_processes() -> None:
    made = pickle.loads(pickle.dumps(request()))
    assert (made.username, made.headers.user_agent) == ("ada", "Firefox")


def test_the_same_caller_in_another_session() -> None:
    made = request()
    other = made.for_session("t")
    assert (other.session_hash, other.username, made.session_hash) == ("t", "ada", "s")


def test_an_address_is_a_text_with_parts() -> None:
    request = gr.Request(url="https://example.org:8443/app/run?a=1")
    url = pickle.loads(pickle.dumps(request)).url
    assert str(url) == "https://example.org:8443/app/run?a=1"
    assert (url.scheme, url.netloc, url.path) == ("https", "example.org:8443", "/app/run")
    assert (url.hostname, url.port, url.query, url.is_secure) == ("example.org", 8443, "a=1", True)
    assert gr.Request().url == ""


def test_headers_as_they_came_are_read_when_one_is_asked_for() -> None:
    headers = Headers.raw({b"user-agent": b"Firefox", b"x-name": "Jürgen".encode("latin-1")})
    copied = pickle.loads(pickle.dumps(headers))
    assert dict(headers) == dict(copied) == {"user-agent": "Firefox", "x-name": "Jürgen"}
    assert (copied.x_name, headers == Headers(dict(headers))) == ("Jürgen", True)
