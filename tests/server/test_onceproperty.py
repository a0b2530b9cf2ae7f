from __future__ import annotations

from limelight.server.onceproperty import once_property


class Caller:
    """Counts how often it is looked at."""

    asked = 0

    @once_property
    def name(self) -> str:
        """Who calls."""
        self.asked += 1
        return "Ann"


def test_it_is_worked_out_once_for_each_object() -> None:
    one, other = Caller(), Caller()
    assert (one.name, one.name, other.name) == ("Ann", "Ann", "Ann")
    assert (one.asked, other.asked) == (1, 1)


def test_it_describes_itself() -> None:
    assert Caller.name.__doc__ == "Who calls."
