import limelight as gr

RECIPE = {
    "name": "Soup",
    "vegan": True,
    "minutes": 35,
    "steps": ["chop", "boil", {"then": {"blend": {"seconds": 40}}}],
    "rating": None,
}

with gr.Blocks() as demo:
    gr.JSON(RECIPE, label="Recipe")
    gr.JSON(list(range(10_000)), label="Numbers", show_indices=True, max_height=240)

if __name__ == "__main__":
    demo.launch()
