import limelight as gr


def count(text):
    return len(text.split())


demo = gr.Interface(
    count,
    gr.Textbox(label="Text", lines=4),
    gr.Number(label="Words"),
    live=True,
)

if __name__ == "__main__":
    demo.launch()
