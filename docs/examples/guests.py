import limelight as gr

guests = {}


def enter(request: gr.Request):
    guests[request.session_hash] = request.client.host
    return f"{len(guests)} here; you came from {request.client.host}."


def leave(request: gr.Request):
    guests.pop(request.session_hash, None)


with gr.Blocks() as demo:
    text = gr.Textbox(label="Guests")
    demo.load(enter, None, text)
    demo.unload(leave)

if __name__ == "__main__":
    demo.launch()
