import limelight as gr


def describe(price):
    low, high = price
    return f"From {low} to {high} euros"


with gr.Blocks() as demo:
    price = gr.RangeSlider(
        0, 500, value=(80, 240), step=5, min_distance=20, label="Price", info="Per night, in euros."
    )
    result = gr.Textbox(label="Result")
    price.release(describe, price, result)

if __name__ == "__main__":
    demo.launch()
