import limelight as gr


def order(toppings):
    return f"A pizza with {', '.join(toppings) or 'nothing on it'}"


with gr.Blocks() as demo:
    toppings = gr.CheckboxGroup(
        ["Basil", "Olives", ("Hot peppers", "chillies"), "Capers"],
        value=["Basil"],
        label="Toppings",
        show_select_all=True,
    )
    result = gr.Textbox(label="Order")
    toppings.change(order, toppings, result)

if __name__ == "__main__":
    demo.launch()
