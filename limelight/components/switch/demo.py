import limelight as gr


def answer(is_on):
    return "Lights on." if is_on else "Good night."


with gr.Blocks() as demo:
    lights = gr.Switch(True, label="Lights", info="In the whole house.")
    result = gr.Textbox(label="Answer")
    lights.input(answer, lights, result)

if __name__ == "__main__":
    demo.launch()
