import limelight as gr


def brew(drink):
    return f"One {drink}, coming up"


with gr.Blocks() as demo:
    drink = gr.Radio(
        ["tea", "coffee", ("hot chocolate", "cocoa")], label="Drink", info="With oat milk."
    )
    result = gr.Textbox(label="Order")
    drink.input(brew, drink, result)

if __name__ == "__main__":
    demo.launch()
