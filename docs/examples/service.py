import logging

import limelight as gr

log = logging.getLogger("translator")


def translate(text):
    log.info("%d characters", len(text))
    return text[::-1]


# Each hour, uploads and outputs that are a day old are deleted.
with gr.Blocks(delete_cache=(3600, 86400)) as demo:
    text = gr.Textbox(label="Text", max_length=2000)
    translated = gr.Textbox(label="Translated")
    text.submit(translate, text, translated, concurrency_limit=4)

demo.queue(max_size=100)

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    demo.launch(server_name="0.0.0.0", server_port=8080, max_file_size="20mb")
