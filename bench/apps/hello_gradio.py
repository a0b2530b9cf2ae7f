"""The apps, one source for Limelight and Gradio: `hello_gradio.py MODULE PAGE [PORT]`.

Pages: `hello` and `click` are what a browser opens. `load` is what many call at once: ten calls of
`greet` may run at a time, and all streams of `write`. `visits` and `sessions` have a State, which
each session has a copy of; `visits` keeps few sessions, so that the old ones go. `many` is in
`many.py`, and `chat-500` in `chat.py`: after 500 turns.
"""

import importlib
import itertools
import sys
from collections.abc import Iterator

gr = importlib.import_module(sys.argv[1])
numbers = itertools.count(1)
launch_options = {}


def greet(name: str) -> str:
    return f"Hello {name}!"


def count() -> str:
    return str(next(numbers))


def write(words: float) -> Iterator[str]:
    text = ""
    for number in range(int(words)):
        text += f"w{number:04} "
        yield text


def remember(name: str, names: list[str]) -> tuple[str, list[str]]:
    return f"Hello {name}!", [*names, name]


if sys.argv[2] == "click":
    with gr.Blocks() as demo:
        output = gr.Textbox(label="Count")
        gr.Button("Count").click(count, None, output, api_name="count")
elif sys.argv[2] == "load":
    with gr.Blocks() as demo:
        name, words, output = gr.Textbox(), gr.Number(), gr.Textbox()
        button = gr.Button()
        button.click(greet, name, output, api_name="greet", concurrency_limit=10)
        button.click(write, words, output, api_name="write", concurrency_limit=None)
    launch_options = {"max_threads": 60}
elif sys.argv[2] in ("visits", "sessions"):
    with gr.Blocks() as demo:
        name, output, names = gr.Textbox(), gr.Textbox(), gr.State([])
        gr.Button().click(
            remember, [name, names], [output, names], api_name="greet", concurrency_limit=10
        )
    if sys.argv[2] == "visits":
        launch_options = {"state_session_capacity": 500}
elif sys.argv[2].startswith("chat-"):
    demo = importlib.import_module("chat").build(gr, int(sys.argv[2].removeprefix("chat-")))
elif sys.argv[2] == "many":
    demo = importlib.import_module("many").build(gr, greet, count)
else:
    demo = gr.Interface(greet, "textbox", "textbox", api_name="greet")
if len(sys.argv) > 3:
    demo.launch(server_name="127.0.0.1", server_port=int(sys.argv[3]), quiet=True, **launch_options)
