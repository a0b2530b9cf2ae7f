"""What components that stream must have, and when they are asked whether they can."""

from __future__ import annotations

from typing import Any

import pytest

import limelight as gr
from limelight.core import events
from limelight.core.streaming import StreamingInput, StreamingOutput
from limelight.runtime.streams import MediaRun


class Sensor(gr.Component, StreamingInput):
    """Sends what it measures."""

    stream = events.stream
    hertz: int = 10

    def check_streamable(self) -> None:
        if self.hertz > 100:
            raise ValueError(f"{self.hertz} Hz is too fast.")


class Speaker(StreamingOutput, gr.Component):
    """Plays what a function yields."""

    streaming: bool = True

    def stream_output(self, value: Any, output_id: str, first_chunk: bool) -> Any:
        return None, {}

    def combine_stream(
        self, stream: list[bytes], desired_output_format: str | None = None, only_file: bool = False
    ) -> Any:
        return gr.FileData.from_bytes(b"".join(stream), "all.wav")


def test_they_are_names_of_the_components() -> None:
    assert gr.components.StreamingInput is StreamingInput
    assert gr.components.StreamingOutput is StreamingOutput


def test_an_input_is_asked_when_it_is_made() -> None:
    assert Sensor(label="Heat").label == "Heat"
    with pytest.raises(ValueError, match="200 Hz"):
        Sensor(hertz=200)


def test_what_must_be_there_is_asked_for() -> None:
    class Silent(gr.Component, StreamingOutput):
        pass

    class Deaf(gr.Component, StreamingInput):
        pass

    cases: list[tuple[type[Any], str]] = [(Silent, "stream_output"), (Deaf, "check_streamable")]
    for cls, method in cases:
        with pytest.raises(TypeError, match=method):
            cls()


def test_an_output_is_played_while_a_generator_runs() -> None:
    def play() -> Any:
        yield b""

    with gr.Blocks() as demo:
        speaker = Speaker(label="Horn")
        told = gr.Button().click(play, None, speaker)
        quiet = gr.Button().click(play, None, Speaker(streaming=False))
    assert speaker.label == "Horn"
    assert speaker.flush_stream_output("run") is None
    assert speaker.end_stream_output("run") is None
    assert [MediaRun.is_wanted(one.listener) for one in (told, quiet)] == [True, False]
    assert demo.get_config_file()["components"]
