import limelight as gr


def order(name, size, milk, extras, cups):
    return {"for": name, "size": size, "milk": milk, "extras": extras, "cups": cups}


with gr.Blocks(title="Coffee") as demo:
    with gr.Row():
        with gr.Column():
            name = gr.Textbox(label="Name", placeholder="Who is it for?")
            size = gr.Radio(["small", "large"], value="small", label="Size")
            milk = gr.Dropdown([("Oat", "oat"), ("Cow", "cow"), ("None", "")], label="Milk")
            extras = gr.CheckboxGroup(["sugar", "cinnamon"], label="Extras")
            cups = gr.Slider(1, 6, value=1, step=1, label="Cups")
            button = gr.Button("Order", variant="primary")
        ordered = gr.JSON(label="Order")
    button.click(order, [name, size, milk, extras, cups], ordered)

if __name__ == "__main__":
    demo.launch()
