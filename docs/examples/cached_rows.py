import limelight as gr


def describe(word, times):
    return f"{word} has {len(word) * times:g} letters, {times:g} times"


with gr.Blocks() as demo:
    word = gr.Textbox(label="Word")
    times = gr.Number(1, label="Times")
    answer = gr.Textbox(label="Answer")
    gr.Button("Describe").click(describe, [word, times], answer)
    gr.Examples(
        [["limelight", 1], ["spotlight", 2]],
        inputs=[word, times],
        outputs=answer,
        fn=describe,
        cache_examples=True,
        cache_mode="lazy",
    )

if __name__ == "__main__":
    demo.launch()
