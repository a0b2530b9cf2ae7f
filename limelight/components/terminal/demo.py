import sys

import limelight as gr

COLORS = "\x1b[1mPlain\x1b[0m " + " ".join(f"\x1b[{30 + n}mcolour {n}\x1b[0m" for n in range(8))

COUNT = """\
import sys, time
for number in range(41):
    bar = "\\u2588" * (number // 2)
    print(f"\\r\\x1b[32m{bar:<20}\\x1b[0m {number * 5 // 2:3}%", end="", flush=True)
    time.sleep(0.02)
print("\\nDone, see \\x1b]8;;https://example.com\\x07the results\\x1b]8;;\\x07")
"""


def count():
    yield from gr.Terminal.command([sys.executable, "-c", COUNT])


def answer(text, event: gr.EventData):
    return f"{text}You said \x1b[36m{event.command}\x1b[0m\n"


with gr.Blocks() as demo:
    log = gr.Terminal(COLORS, label="Log", line_numbers=True, height=180)
    gr.Button("Count").click(count, None, log)
    shell = gr.Terminal(label="Shell", prompt="> ", height=140)
    shell.submit(answer, shell, shell)

if __name__ == "__main__":
    demo.launch()
