import limelight as gr


def think(prompt):
    return f"About {prompt}: it depends."


def draw(prompt):
    return f"A picture of {prompt}"


with gr.Blocks() as demo:
    prompt = gr.Textbox(label="Prompt")
    answer = gr.Textbox(label="Answer")
    # Both use the same graphics card, so they share one place.
    gr.Button("Think").click(think, prompt, answer, concurrency_id="card", concurrency_limit=1)
    gr.Button("Draw").click(draw, prompt, answer, concurrency_id="card")
    # This one may run as often as there are threads.
    gr.Button("Count").click(len, prompt, answer, concurrency_limit=None, api_name="count")

demo.queue(max_size=20, default_concurrency_limit=2)

if __name__ == "__main__":
    demo.launch(max_threads=8)
