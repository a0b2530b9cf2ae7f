import limelight as gr


def describe(strength):
    return f"Released at {strength}"


with gr.Blocks() as demo:
    strength = gr.Slider(0, 10, value=4, step=0.5, label="Strength", info="How strong it is.")
    result = gr.Textbox(label="Result")
    strength.release(describe, strength, result)

if __name__ == "__main__":
    demo.launch()
