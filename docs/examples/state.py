import limelight as gr


def add(item, items):
    items = [*items, item]
    return items, ", ".join(items), ""


with gr.Blocks() as demo:
    items = gr.State([])
    item = gr.Textbox(label="Item")
    basket = gr.Textbox(label="Basket")
    item.submit(add, [item, items], [items, basket, item])

if __name__ == "__main__":
    demo.launch()
