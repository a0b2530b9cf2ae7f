import logging
import sys
import time

import limelight as gr

logger = logging.getLogger("training")
logger.setLevel(logging.INFO)


def train(epochs):
    for epoch in range(1, epochs + 1):
        time.sleep(0.3)
        logger.info("epoch %d, loss %.3f", epoch, 1 / epoch)
    logger.warning("stopped after %d epochs", epochs)


def watch(epochs):
    handler = gr.Terminal.handler()
    yield from handler.follow(train, int(epochs))


def packages():
    code = yield from gr.Terminal.command([sys.executable, "-m", "pip", "list"])
    gr.Info(f"It ended with {code}.")


with gr.Blocks() as demo:
    epochs = gr.Slider(1, 20, value=5, step=1, label="Epochs")
    log = gr.Terminal(label="Log", height=240, timestamps=True)
    gr.Button("Train").click(watch, epochs, log)
    gr.Button("List packages").click(packages, None, log)

if __name__ == "__main__":
    demo.launch()
