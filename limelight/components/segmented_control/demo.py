import limelight as gr


def describe(view, days):
    return f"{view} view of {', '.join(days) or 'no day'}"


with gr.Blocks() as demo:
    view = gr.SegmentedControl(["List", "Board", "Calendar"], value="List", label="View")
    days = gr.Pills(["Mon", "Tue", "Wed", "Thu", "Fri"], value=["Mon", "Fri"], label="Days")
    result = gr.Textbox(label="Shown")
    gr.on([view.input, days.input], describe, [view, days], result)

if __name__ == "__main__":
    demo.launch()
