import limelight as gr

with gr.Blocks() as demo:
    ticks = gr.State(0)
    shown = gr.Textbox(label="Ticks")
    timer = gr.Timer(1)
    timer.tick(lambda n: (n + 1, str(n + 1)), ticks, [ticks, shown])
    gr.Button("Stop").click(lambda: gr.Timer(active=False), None, timer)

if __name__ == "__main__":
    demo.launch()
