import limelight as gr


def remember(word, words):
    words = [*words, word]
    return words, ", ".join(words)


with gr.Blocks() as demo:
    words = gr.State([])
    word = gr.Textbox(label="Word")
    heard = gr.Textbox(label="Heard so far")
    word.submit(remember, [word, words], [words, heard])

if __name__ == "__main__":
    demo.launch()
