"""Three agents with tools, an approval, tasks, sources and an artifact, in one chat.

The planner goes by rules, so that it plans alike each time; the writer is SmolLM2, a small language
model that runs on this machine. It shows steps inside steps and side by side, `gr.ask`, and several
authors in one answer.
Needs what `chat.py` needs, which `make demo DEMO=agent` installs.
"""

import ast
import operator
import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from small_model import ANSWERS_AT_A_TIME, model, stream, took

import limelight as gr

SAMPLES = Path(__file__).parent / "samples"
RESEARCHER = "Researcher", str(SAMPLES / "researcher.png")
WRITER = "Writer", str(SAMPLES / "writer.png")

LIBRARY = {
    "Tides": "The Moon raises two tides a day. Spring tides come at full and new moon.",
    "Moon": "The Moon is 384400 km away on average. Light takes 1.28 seconds to reach it.",
    "Light": "Light travels 299792 km in a second.",
}
MOST_TOKENS = 60
"""Of what the writer says."""
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def plan(message):
    """What is to be read, calculated, and whether a note is wanted."""
    words = {word.rstrip("s") for word in re.findall(r"[a-z]+", message.lower())}
    topics = [topic for topic in LIBRARY if topic.lower().rstrip("s") in words]
    sums = re.findall(r"\d+(?:\.\d+)?(?:\s*[-+*/]\s*\d+(?:\.\d+)?)+", message)
    return topics, sums, bool(words & {"note", "save", "keep", "remember"})


def read(topic):
    time.sleep(0.4)  # a real library takes its time
    return LIBRARY[topic]


def calculate(text):
    def value(node):
        if isinstance(node, ast.Constant):
            return node.value
        return OPERATORS[type(node.op)](value(node.left), value(node.right))

    return f"{text} = {value(ast.parse(text, mode='eval').body):.6g}"


class Tasks:
    """The list of what is to be done, shown with the answer."""

    def __init__(self, trail, titles):
        self.trail = trail
        self.status = dict.fromkeys(titles, "pending")

    def set(self, title, status):
        self.status[title] = status
        tasks = [{"title": name, "status": is_at} for name, is_at in self.status.items()]
        self.trail.put(tasks=tasks)


def research(trail, topics, sums):
    """Read and calculate, all at the same time; what was found."""

    def use(outer, title, tool, given):
        try:
            with outer.step(title, kind="tool", input=given) as step:
                step.output = tool(given)
                return step.output
        except ArithmeticError:
            return None  # the step says why

    with trail.step("Gather facts", kind="agent") as outer, ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(use, outer, f"Read “{topic}”", read, topic) for topic in topics]
        jobs += [pool.submit(use, outer, "Calculate", calculate, text) for text in sums]
        return [found for job in jobs if (found := job.result())]


def write(trail, message, found):
    """Let the model answer, with what was found."""
    facts = "\n".join(found)
    asked = f"Facts:\n{facts}\n\nQuestion: {message}" if found else message
    request = {
        "messages": [
            {"role": "system", "content": "Answer in one short sentence."},
            {"role": "user", "content": asked},
        ],
        "max_tokens": MOST_TOKENS,
        "temperature": 0,
        "stream_options": {"include_usage": True},
    }
    began_s = first_s = time.monotonic()
    with trail.by(*WRITER):
        for piece in stream(request):
            for choice in piece["choices"]:
                more = choice["delta"].get("content")
                if more:
                    first_s = first_s if first_s > began_s else time.monotonic()
                    trail.say(more)
            if "usage" in piece:
                now_s = time.monotonic()
                trail.put(usage=took(piece["usage"], first_s - began_s, now_s - first_s))


def keep(trail, message, notes, found):
    """Write a note, if the reader agrees."""
    note = "\n".join(f"- {fact}" for fact in found) or message
    if not gr.ask("May I keep this note?", details=note):
        trail.say("\n\nI keep nothing.")
        return False
    notes.append(note)
    text = "\n\n".join(f"## Note {number}\n\n{note}" for number, note in enumerate(notes, 1))
    trail.put(artifacts=[{"id": "notes", "title": "Notes", "kind": "document", "content": text}])
    return True


def work(trail, message, notes):
    topics, sums, wants_note = plan(message)
    look_up, answer_it, keep_it = "Gather facts", "Write the answer", "Keep a note"
    titles = [look_up] * bool(topics or sums) + [answer_it] + [keep_it] * wants_note
    with trail.step("Plan", kind="plan") as step:
        step.say("\n".join(f"{number}. {title}" for number, title in enumerate(titles, 1)))
    tasks = Tasks(trail, titles)
    found = []
    if look_up in titles:
        tasks.set(look_up, "running")
        with trail.by(*RESEARCHER):
            found = research(trail, topics, sums)
            trail.say("\n".join(f"- {fact} [{number}]" for number, fact in enumerate(found, 1)))
        trail.put(sources=[{"title": f"Fact {n}", "text": fact} for n, fact in enumerate(found, 1)])
        tasks.set(look_up, "done")
    tasks.set(answer_it, "running")
    write(trail, message, found)
    tasks.set(answer_it, "done")
    if wants_note:
        tasks.set(keep_it, "running")
        with trail.by(*WRITER):
            kept = keep(trail, message, notes, found)
        tasks.set(keep_it, "done" if kept else "skipped")
    trail.put(followups=["What are tides?", "How fast is light? Keep a note.", "1 / 0"])


def answer(message, history, notes):
    trail = gr.Trail("Planner", str(SAMPLES / "planner.png"))
    for step in trail.run(work, trail, message, notes):
        yield step, notes


with gr.Blocks(title="Agents at work", fill_height=True) as demo:
    kept_notes = gr.State([])
    gr.ChatInterface(
        answer,
        title="Agents at work",
        description="A planner, a researcher and a writer answer together. "
        "They ask before they keep a note.",
        additional_inputs=[kept_notes],
        additional_outputs=[kept_notes],
        examples=[
            ["What are tides, and how far is the Moon?"],
            ["How long does light take to the Moon? 384400 / 299792"],
            ["How fast is light? Keep a note."],
        ],
        concurrency_limit=ANSWERS_AT_A_TIME,
        api_name="chat",
    )

if __name__ == "__main__":
    model()  # so that the first answer need not wait for it
    demo.launch()
