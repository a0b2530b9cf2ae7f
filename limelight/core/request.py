"""`Request`: a picklable snapshot of who calls, with no HTTP library behind it."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from urllib.parse import SplitResult

__all__ = ["Client", "Header", "Headers", "Request", "Url"]


class Headers(Mapping[str, str]):
    """Request headers; names are compared without regard to case."""

    def __init__(self, pairs: Mapping[str, str] | None = None) -> None:
        self._raw: Mapping[bytes, bytes] = {}
        self._read: dict[str, str] | None = {n.lower(): v for n, v in (pairs or {}).items()}

    @classmethod
    def raw(cls, pairs: Mapping[bytes, bytes]) -> Headers:
        """Headers as they came, which must not be changed; they are read when one is asked for,
        which most functions never do.
        """
        made = cls.__new__(cls)
        made._raw, made._read = pairs, None
        return made

    @property
    def _pairs(self) -> dict[str, str]:
        if self._read is None:
            self._read = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in self._raw.items()
            }
        return self._read

    def __getitem__(self, name: str) -> str:
        return self._pairs[name.lower()]

    def __getattr__(self, name: str) -> str:
        # An object that is just being unpickled has nothing yet, and `_read` is asked for here.
        found = None if name.startswith("_") else self._pairs.get(name.replace("_", "-").lower())
        if found is None:
            raise AttributeError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._pairs)

    def __len__(self) -> int:
        return len(self._pairs)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._pairs

    def keys(self) -> KeysView[str]:
        """The names, in lower case."""
        return self._pairs.keys()

    def items(self) -> ItemsView[str, str]:
        """Pairs of name and value."""
        return self._pairs.items()

    def values(self) -> ValuesView[str]:
        """The values."""
        return self._pairs.values()

    def __repr__(self) -> str:
        return f"Headers({self._pairs!r})"


class Client(NamedTuple):
    """The network address of a caller."""

    host: str
    port: int


class Url(str):
    """An absolute address: a text, and its parts as attributes."""

    __slots__ = ()

    def _parts(self) -> SplitResult:
        from urllib.parse import urlsplit

        return urlsplit(self)

    @property
    def scheme(self) -> str:
        """`http` or `https`."""
        return self._parts().scheme

    @property
    def netloc(self) -> str:
        """Host with port."""
        return self._parts().netloc

    @property
    def hostname(self) -> str | None:
        """Host without port."""
        return self._parts().hostname

    @property
    def port(self) -> int | None:
        """None for the scheme's own."""
        return self._parts().port

    @property
    def path(self) -> str:
        """From the first slash to the query."""
        return self._parts().path

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        return self._parts().query

    @property
    def is_secure(self) -> bool:
        """Whether it is called over TLS."""
        return self.scheme in ("https", "wss")


class Request:
    """Who calls. A function that annotates an argument with it gets the snapshot of its call."""

    def __init__(
        self,
        request: Any = None,
        username: str | None = None,
        session_hash: str | None = None,
        **kwargs: Any,
    ) -> None:
        self.request = request
        """The framework's request when the app is mounted in another one; else this object."""
        self.username = username
        """The logged-in user."""
        self.session_hash = session_hash
        """The caller's session."""
        headers = kwargs.pop("headers", None)
        self.headers = headers if isinstance(headers, Headers) else Headers(headers)
        self.query_params: dict[str, str] = dict(kwargs.pop("query_params", None) or {})
        self.path_params: dict[str, Any] = dict(kwargs.pop("path_params", None) or {})
        self.cookies: dict[str, str] = dict(kwargs.pop("cookies", None) or {})
        client = kwargs.pop("client", None)
        self.client: Client | None = Client(*client) if client else None
        self.url = Url(kwargs.pop("url", ""))
        """Absolute address that was called."""
        self.path: str = kwargs.pop("path", "")
        self.method: str = kwargs.pop("method", "POST")
        self.root: str = kwargs.pop("root", "")
        """Absolute base address of the app as this caller reaches it, without trailing slash."""
        self.identity: str | None = kwargs.pop("identity", None)
        """Whom the session belongs to: a signed cookie or a bearer; None without either."""
        self.counts_as: str = kwargs.pop("counts_as", "")
        """For whom limits count it: a signed cookie, or the address."""
        self.is_cancelled = False
        """Set when nobody wants the result any more: the call was cancelled, or its page is gone.

        A thread cannot be stopped from outside, so a long function that runs in one looks at this
        now and then and returns; until it does, its place in the queue stays taken. Generators are
        closed at their next `yield`, async functions are cancelled. Of a batch it is set when all
        its calls are cancelled.
        """
        self.kwargs = kwargs

    def for_session(self, session_hash: str) -> Request:
        """The same caller in a session."""
        made = Request.__new__(Request)
        made.__dict__.update(self.__dict__)
        made.session_hash = session_hash
        return made

    def __repr__(self) -> str:
        return (
            f"Request(url={self.url!r}, username={self.username!r}, session={self.session_hash!r})"
        )


class Header(str):
    """Annotation of an argument that gets the request header of the argument's name."""

    __slots__ = ()
