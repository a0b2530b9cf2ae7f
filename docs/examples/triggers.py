import limelight as gr

with gr.Blocks() as demo:
    name = gr.Textbox(label="Name")
    greet_button = gr.Button("Greet")
    greeting = gr.Textbox(label="Greeting")
    picked = gr.Textbox(label="Picked")

    @gr.on([name.submit, greet_button.click], inputs=name, outputs=greeting)
    def greet(name):
        """Greet somebody by name."""
        return f"Hello {name}!"

    @greeting.select(outputs=picked)
    def pick(event: gr.SelectData):
        return event.value


if __name__ == "__main__":
    demo.launch()
