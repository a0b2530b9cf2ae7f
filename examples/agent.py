"""Two agents, tools, an approval, sources and an artifact: a chat that works before your eyes.

The planner goes by rules, so that the example needs no model; `plan` is what a model would replace.
"""

import ast
import operator
import re

import limelight as gr

LIBRARY = {
    "Tides": "The Moon raises two tides a day. Spring tides come at full and new moon.",
    "Moon": "The Moon is 384400 km away on average. Light takes 1.28 seconds to reach it.",
    "Light": "Light travels 299792 km in a second.",
}
NOTES = {}
OPERATORS = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def plan(message):
    """The tools to use, each with what it is given."""
    steps = []
    words = {word.rstrip("s") for word in re.findall(r"[a-z]+", message.lower())}
    topics = [topic for topic in LIBRARY if topic.lower().rstrip("s") in words]
    if topics:
        steps.append(("read", topics))
    sums = re.findall(r"\d+(?:\.\d+)?(?:\s*[-+*/]\s*\d+(?:\.\d+)?)+", message)
    steps += [("calculate", text) for text in sums]
    if words & {"note", "save", "keep", "remember"}:
        steps.append(("save", "note"))
    return steps


def calculate(text):
    def value(node):
        if isinstance(node, ast.Constant):
            return node.value
        return OPERATORS[type(node.op)](value(node.left), value(node.right))

    return value(ast.parse(text, mode="eval").body)


def answer(message, history):
    trail = gr.Trail("Planner")
    with trail.step("Plan", kind="plan") as step:
        tools = plan(message)
        tasks = [{"title": f"{tool}: {given}", "status": "pending"} for tool, given in tools]
        step.say("\n".join(f"1. {task['title']}" for task in tasks) or "Nothing to do.")
        yield trail
    found = []
    with trail.by("Worker"):
        for tool, given in tools:
            if tool == "read":
                with trail.step("Read the library", kind="tool", input=given) as step:
                    yield trail
                    step.output = [LIBRARY[topic] for topic in given]
                sources = [{"title": topic, "text": LIBRARY[topic]} for topic in given]
                trail.put(sources=sources)
                found += [f"{LIBRARY[topic]} [{n}]" for n, topic in enumerate(given, 1)]
            elif tool == "calculate":
                with trail.step("Calculate", kind="tool", input=given) as step:
                    yield trail
                    try:
                        step.output = calculate(given)
                        found.append(f"{given} = {step.output}")
                    except ArithmeticError as problem:
                        step.error = problem
            else:
                text = "\n\n".join(found) or message
                if gr.ask("May I keep this note?", details={"note": text}):
                    with trail.step("Keep the note", kind="tool", input=text) as step:
                        NOTES[f"Note {len(NOTES) + 1}"] = text
                        step.output = f"{len(NOTES)} notes"
                    document = {"id": "notes", "title": "Notes", "kind": "document"}
                    kept = "\n\n".join(f"## {name}\n\n{said}" for name, said in NOTES.items())
                    trail.put(artifacts=[{**document, "content": kept}])
                else:
                    found.append("The note was not kept.")
        trail.say("\n\n".join(found) or "Ask me of the Moon, of tides or light, or for a sum.")
    trail.put(followups=["What are tides?", "Read of the moon and note it", "12 * 34"])
    yield trail


demo = gr.ChatInterface(
    answer,
    title="An agent at work",
    examples=[
        "What are tides, and how far is the Moon?",
        "384400 / 299792",
        "Note how light moves",
    ],
)

if __name__ == "__main__":
    demo.launch()
