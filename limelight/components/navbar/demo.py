import limelight as gr

with gr.Blocks() as demo:
    navbar = gr.Navbar([("Manual", "https://example.com/manual")], main_page_name="Start")
    gr.Markdown("# The first page")
    with gr.Row():
        gr.Button("Add a link").click(
            lambda: [("Manual", "https://example.com/manual"), ("Other", "/other")], None, navbar
        )
        gr.Button("Hide the bar").click(lambda: gr.Navbar(visible=False), None, navbar)
        gr.Button("Show the bar").click(lambda: gr.Navbar(visible=True), None, navbar)

with demo.route("Other"):
    gr.Navbar(main_page_name="Back to the start")
    gr.Markdown("# Another page")

if __name__ == "__main__":
    demo.launch()
