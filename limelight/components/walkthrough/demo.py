import limelight as gr

with gr.Blocks() as demo, gr.Walkthrough(selected=0) as tour:
    with gr.Step("Who you are", id=0):
        name = gr.Textbox(label="Name")
        gr.Button("Next", variant="primary").click(lambda: gr.Walkthrough(selected=1), None, tour)
    with gr.Step("What you like", id=1):
        fruit = gr.Radio(["apples", "pears"], label="Fruit")
        gr.Button("Next", variant="primary").click(lambda: gr.Walkthrough(selected=2), None, tour)
    with gr.Step("Done", id=2) as last:
        summary = gr.Textbox(label="Summary", interactive=False)
        gr.Button("Again").click(lambda: gr.Walkthrough(selected=0), None, tour)
    last.select(lambda name, fruit: f"{name} likes {fruit}.", [name, fruit], summary)

if __name__ == "__main__":
    demo.launch()
