import time

import limelight as gr

finished = []


def write_report(title):
    text = f"# {title}\n"
    for number in range(1, 61):
        time.sleep(1)
        text += f"\nParagraph {number}.\n"
        yield text
    finished.append(title)


with gr.Blocks() as demo:
    title = gr.Textbox(label="Title")
    report = gr.Markdown()
    # Goes on to its end, even if its reader closes the page.
    gr.Button("Write").click(write_report, title, report, on_disconnect="keep")

    everything = gr.Markdown()
    demo.load(lambda: "Finished: " + ", ".join(finished), None, everything)

if __name__ == "__main__":
    demo.launch()
