import limelight as gr

FOOD = {
    "Fruit": {"Stone fruit": ["Cherry", "Peach", "Plum"], "Berries": ["Currant", "Raspberry"]},
    "Vegetables": ["Carrot", "Leek", "Spinach"],
    "Nuts": ["Almond", "Walnut"],
}


def buy(basket, cheese):
    return f"{', '.join(basket) or 'Nothing'}, and {cheese or 'no cheese'}"


with gr.Blocks() as demo:
    basket = gr.TreeSelect(FOOD, ["Plum", "Almond"], multiselect=True, label="Basket")
    cheese = gr.TreeSelect(
        {"Hard": ["Comté", "Gruyère"], "Soft": ["Brie"]}, leaves_only=True, label="Cheese"
    )
    result = gr.Textbox(label="To buy")
    gr.on([basket.input, cheese.input], buy, [basket, cheese], result)

if __name__ == "__main__":
    demo.launch()
