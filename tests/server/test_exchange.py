from __future__ import annotations

import asyncio
from typing import Any

from limelight.server.exchange import OnePiece


class Wire(asyncio.Transport):
    """What is sent, piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[bytes] = []
        self.is_closed = False

    def write(self, data: Any) -> None:
        self.sent.append(bytes(data))

    def close(self) -> None:
        self.is_closed = True

    def abort(self) -> None:
        self.is_closed = True

    def is_closing(self) -> bool:
        return self.is_closed


async def test_what_is_written_in_one_turn_of_the_loop_is_sent_in_one_piece() -> None:
    wire = Wire()
    whole = OnePiece(wire)
    whole.write(b"head ")
    whole.write(b"body")
    assert wire.sent == []
    await asyncio.sleep(0)
    assert wire.sent == [b"head body"]
    whole.write(b"more")
    await asyncio.sleep(0)
    assert wire.sent == [b"head body", b"more"]


async def test_large_pieces_are_not_held() -> None:
    wire = Wire()
    whole = OnePiece(wire)
    whole.write(b"head")
    whole.write(bytes(100_000))
    assert [len(piece) for piece in wire.sent] == [100_004]
    await asyncio.sleep(0)
    assert len(wire.sent) == 1


async def test_closing_sends_what_is_held() -> None:
    wire = Wire()
    whole = OnePiece(wire)
    whole.write(b"goodbye")
    whole.close()
    assert (wire.sent, whole.is_closing()) == ([b"goodbye"], True)
    await asyncio.sleep(0)
    assert wire.sent == [b"goodbye"]


async def test_a_connection_that_is_cut_sends_nothing_more() -> None:
    wire = Wire()
    whole = OnePiece(wire)
    whole.write(b"goodbye")
    whole.abort()
    await asyncio.sleep(0)
    assert (wire.sent, wire.is_closed) == ([], True)
