import limelight as gr

COUNTRIES = [("Chile", "cl"), ("Côte d'Ivoire", "ci"), ("Japan", "jp"), ("New Zealand", "nz")]


def travel(country, luggage, year):
    return f"To {country} with {', '.join(luggage) or 'nothing'} in {year}"


with gr.Blocks() as demo:
    country = gr.Dropdown(COUNTRIES, label="Country", info="Type to find one.")
    luggage = gr.Dropdown(
        ["book", "camera", "map", "tent"],
        value=["map"],
        multiselect=True,
        allow_custom_value=True,
        max_choices=5,
        label="Luggage",
    )
    year = gr.Dropdown([str(year) for year in range(10_000)], value="2024", label="Year")
    result = gr.Textbox(label="Journey")
    inputs = [country, luggage, year]
    gr.on([field.input for field in inputs], travel, inputs, result)

if __name__ == "__main__":
    demo.launch()
