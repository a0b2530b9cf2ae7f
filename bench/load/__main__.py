"""`python -m bench.load NAME PORT ARGUMENTS`: prints what the clients saw, as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from typing import TYPE_CHECKING, Any

from bench.load import calls, sockets, streams, uploads, visits

if TYPE_CHECKING:
    from collections.abc import Callable

GENERATORS: dict[str, Callable[..., dict[str, Any]]] = {
    "calls": calls.run,
    "sockets": sockets.run,
    "streams": streams.run,
    "uploads": uploads.run,
    "visits": visits.run,
}
"""Name -> what plays the clients."""


def main() -> None:
    """Plays the clients that the arguments say."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    name, port, arguments = sys.argv[1:]
    began_s = time.perf_counter(), time.process_time()
    found = GENERATORS[name](int(port), **json.loads(arguments))
    taken_s = time.perf_counter() - began_s[0], time.process_time() - began_s[1]
    print(json.dumps({"busy": taken_s[1] / taken_s[0], **found}))


if __name__ == "__main__":
    main()
