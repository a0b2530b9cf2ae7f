import limelight as gr

with gr.Blocks() as demo:
    kept = gr.BrowserState({"name": "", "visits": 0}, storage_key="visitor", secret="of this demo")
    name = gr.Textbox(label="Your name")
    shown = gr.Textbox(label="The browser remembers")

    @demo.load(inputs=kept, outputs=[kept, name])
    def visit(visitor):
        return {**visitor, "visits": visitor["visits"] + 1}, visitor["name"]

    name.submit(lambda text, visitor: {**visitor, "name": text}, [name, kept], kept)
    kept.change(lambda visitor: f"{visitor['name']}, {visitor['visits']} visits", kept, shown)

if __name__ == "__main__":
    demo.launch()
