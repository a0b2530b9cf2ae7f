import limelight as gr


def describe(color, veil):
    return f"{color} under {veil}"


with gr.Blocks() as demo:
    color = gr.ColorPicker("#ff7a00", label="Colour", info="Of the wall.")
    veil = gr.ColorPicker("#1d4ed880", alpha=True, label="Veil")
    result = gr.Textbox(label="Chosen")
    gr.on([color.release, veil.release], describe, [color, veil], result)

if __name__ == "__main__":
    demo.launch()
