import limelight as gr

FILES = {"notes.txt": "Buy milk", "plan.txt": "Ship on Friday"}


def answer(message, history):
    trail = gr.Trail()
    with trail.step("Search files", kind="tool", input={"text": message}) as step:
        yield trail
        found = [name for name, text in FILES.items() if message.lower() in text.lower()]
        step.output = found
    if not found:
        trail.say("Nothing has that text.")
    elif gr.ask("Delete these files?", details=found):
        trail.say(f"Deleted {', '.join(found)}.")
    else:
        trail.say("Then they stay.")
    yield trail


demo = gr.ChatInterface(answer)

if __name__ == "__main__":
    demo.launch()
