import limelight as gr

with gr.Blocks() as demo:
    count = gr.State(0)
    with gr.Row():
        primary = gr.Button("Count", variant="primary")
        gr.Button("Nothing")
        gr.Button("Stop", variant="stop")
        gr.Button("Not now", interactive=False)
    with gr.Row():
        gr.Button("Small", size="sm")
        gr.Button("Medium", size="md")
        gr.Button("A link", link="https://example.com", link_target="_blank")
    with gr.Row():
        gr.LoginButton()
        gr.DuplicateButton()
    result = gr.Textbox(label="Counted")
    primary.click(lambda n: (n + 1, str(n + 1)), count, [count, result])
    gr.ClearButton(result)

if __name__ == "__main__":
    demo.launch()
