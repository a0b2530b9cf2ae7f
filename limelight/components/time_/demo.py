import limelight as gr


def describe(start, minutes):
    if start is None:
        return "When shall it ring?"
    end = (start // 60 + minutes) % (24 * 60)
    return f"It rings until {end // 60:02}:{end % 60:02}"


with gr.Blocks() as demo:
    start = gr.Time(
        "07:30", step=300, min="05:00", max="22:00", type="seconds", label="Alarm", info="Type it."
    )
    minutes = gr.Slider(1, 60, 5, step=1, label="Minutes")
    result = gr.Textbox(label="Alarm clock")
    gr.on([start.change, minutes.change], describe, [start, minutes], result)

if __name__ == "__main__":
    demo.launch()
