import limelight as gr


def add(item, items):
    return [*items, item], ""


def put_back(items):
    print("Put back:", *items)


with gr.Blocks() as demo:
    items = gr.State([], time_to_live=600, delete_callback=put_back)
    item = gr.Textbox(label="Item")
    count = gr.Number(0, label="In the basket", interactive=False)
    item.submit(add, [item, items], [items, item])
    # Runs when the value is another one, not each time it is set.
    items.change(len, items, count, api_name="count")

if __name__ == "__main__":
    demo.launch()
