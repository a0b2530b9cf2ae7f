import limelight as gr


def check(age):
    return gr.validate(age is not None and age >= 18, "Only for grown-ups.")


def enter(age):
    return f"Welcome, you are {age:g}."


with gr.Blocks() as demo:
    age = gr.Number(label="Age")
    message = gr.Textbox(label="Message")
    gr.Button("Enter").click(enter, age, message, validator=check)

if __name__ == "__main__":
    demo.launch()
