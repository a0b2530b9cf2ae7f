import limelight as gr


def measure(picture, seen):
    light = 0 if picture is None else picture.mean() / 255
    return f"{light:.0%}", seen + 1


with gr.Blocks() as demo:
    camera = gr.Image(sources=["webcam"], streaming=True, label="Camera")
    light = gr.Textbox(label="Light")
    seen = gr.Number(0, label="Pictures")

    # A picture every half second, for a minute at most.
    camera.stream(measure, [camera, seen], [light, seen], stream_every=0.5, time_limit=60)

if __name__ == "__main__":
    demo.launch()
