import time

import limelight as gr


def sing(word):
    song = ""
    while True:  # would go on for ever
        song += word
        yield song
        time.sleep(0.2)


with gr.Blocks() as demo:
    word = gr.Textbox("la ", label="Word")
    song = gr.Textbox(label="Song")
    # Ends after the step that it is at when ten seconds are over.
    gr.Button("Sing").click(sing, word, song, time_limit=10)

if __name__ == "__main__":
    demo.launch()
