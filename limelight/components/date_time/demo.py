import limelight as gr


def describe(start, day):
    return f"From {start:%H:%M} on {start:%d %B %Y} until {day}"


with gr.Blocks() as demo:
    start = gr.DateTime(
        "2024-02-28 09:30:00",
        type="datetime",
        timezone="Europe/Berlin",
        label="Start",
        info="Pick it, or type 'now - 3d'.",
    )
    day = gr.DateTime("2024-03-01", include_time=False, type="string", label="Last day")
    result = gr.Textbox(label="Journey")
    gr.on([start.change, day.change], describe, [start, day], result)

if __name__ == "__main__":
    demo.launch()
