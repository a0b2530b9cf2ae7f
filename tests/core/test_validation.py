from __future__ import annotations

import limelight as gr


def test_the_answer_of_a_validator() -> None:
    assert gr.validate(False, "Too short") == {
        "__type__": "validate",
        "is_valid": False,
        "message": "Too short",
    }
