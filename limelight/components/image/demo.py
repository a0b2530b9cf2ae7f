import numpy as np

import limelight as gr


def invert(picture):
    return None if picture is None else 255 - picture


def sunset():
    down, across = np.mgrid[0:240, 0:360]
    red, blue = 255 - down // 3, 90 + across // 3
    return np.dstack([red, 120 + down // 4, blue]).astype("uint8")


with gr.Blocks() as demo:
    with gr.Row():
        picture = gr.Image(sunset(), label="Picture", alt_text="A sky at sunset")
        result = gr.Image(label="Inverted", interactive=False)
    place = gr.Textbox(label="Pixel")
    picture.change(invert, picture, result)

    @picture.select(outputs=place)
    def point(event: gr.SelectData):
        return str(event.index)


if __name__ == "__main__":
    demo.launch()
