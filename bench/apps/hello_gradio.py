"""The hello app for Limelight and Gradio: `hello_gradio.py MODULE PAGE [PORT]`."""

import importlib
import itertools
import sys

gr = importlib.import_module(sys.argv[1])
numbers = itertools.count(1)


def greet(name: str) -> str:
    return f"Hello {name}!"


def count() -> str:
    return str(next(numbers))


if sys.argv[2] == "click":
    with gr.Blocks() as demo:
        output = gr.Textbox(label="Count")
        gr.Button("Count").click(count, None, output, api_name="count")
else:
    demo = gr.Interface(greet, "textbox", "textbox", api_name="greet")
if len(sys.argv) > 3:
    demo.launch(server_name="127.0.0.1", server_port=int(sys.argv[3]), quiet=True)
