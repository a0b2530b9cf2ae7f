import limelight as gr

with gr.Blocks() as demo, gr.Row():
    with gr.Column():
        gr.Skeleton()
        gr.Skeleton("chat")
    with gr.Column():
        gr.Skeleton("card", lines=2)
        gr.Skeleton("circle")
        gr.Skeleton("rect", height=80)

if __name__ == "__main__":
    demo.launch()
