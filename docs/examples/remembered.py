import limelight as gr

with gr.Blocks() as demo:
    # The name and the secret stay the same when the app is started again.
    name = gr.BrowserState("", storage_key="name", secret="change me")
    field = gr.Textbox(label="Your name", info="This browser remembers it.")

    demo.load(lambda kept: kept, name, field, api_name="recall")
    field.input(lambda typed: typed, field, name, api_name="remember", show_progress="hidden")

if __name__ == "__main__":
    demo.launch()
