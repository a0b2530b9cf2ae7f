import limelight as gr


def describe(stay):
    if stay is None:
        return "Choose two days"
    start, end = stay
    return f"{(end - start).days} nights from {start:%d %B %Y}"


with gr.Blocks() as demo:
    stay = gr.DateRange(
        ("2024-02-27", "2024-03-03"),
        type="datetime",
        label="Stay",
        info="Pick arrival and departure, or type them.",
        min="2024-01-01",
        presets=[("Leap days", ("2024-02-28", "2024-03-01")), ("Last week", ("now - 7d", "now"))],
    )
    result = gr.Textbox(label="Booking")
    stay.change(describe, stay, result)

if __name__ == "__main__":
    demo.launch()
