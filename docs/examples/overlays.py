import time

import limelight as gr


def report(city, days):
    time.sleep(1)  # the work
    return (
        gr.Skeleton(visible=False),
        gr.Textbox(f"{city}: {days} sunny days", visible=True),
    )


with gr.Blocks(title="Weather") as demo:
    with gr.Modal("Where?", size="sm") as where:
        city = gr.Textbox("Ulm", label="City")
        done = gr.Button("Done", variant="primary")
    with gr.Row():
        change = gr.Button("Change the city")
        with gr.Popover("Options", scale=0):
            days = gr.Slider(1, 14, value=7, step=1, label="Days ahead")
        with gr.Popover("How is this worked out?", variant="help"):
            gr.Markdown("From **thirty years** of measurements.")
    with gr.Tooltip("Takes a second."):
        go = gr.Button("Report", variant="primary")
    waiting = gr.Skeleton(lines=2, visible=False)
    result = gr.Textbox(label="Report", visible=False)

    change.click(lambda: gr.Modal(open=True), None, where)
    done.click(lambda: gr.Modal(open=False), None, where)
    go.click(
        lambda: (gr.Skeleton(visible=True), gr.Textbox(visible=False)), None, [waiting, result]
    ).then(report, [city, days], [waiting, result])

if __name__ == "__main__":
    demo.launch()
