import time

import limelight as gr


@gr.cache(max_size=500, ttl=3600)
def translate(text, language):
    time.sleep(1)  # a slow model
    return f"{text} in {language}"


@gr.cache
def write(topic):
    text = ""
    for word in f"A few words about {topic}.".split():
        time.sleep(0.2)
        text += word + " "
        yield text


with gr.Blocks() as demo:
    text = gr.Textbox(label="Text")
    language = gr.Radio(["German", "French"], value="German", label="Language")
    result = gr.Textbox(label="Result")
    gr.Button("Translate").click(translate, [text, language], result)
    gr.Button("Write").click(write, text, result)

if __name__ == "__main__":
    demo.launch()
