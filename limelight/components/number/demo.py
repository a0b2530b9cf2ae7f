import limelight as gr


def square(number):
    return None if number is None else number**2


with gr.Blocks() as demo:
    number = gr.Number(3, label="Number", info="Up to 100.", minimum=0, maximum=100, step=0.5)
    result = gr.Number(label="Its square", precision=2)
    number.change(square, number, result)

if __name__ == "__main__":
    demo.launch()
