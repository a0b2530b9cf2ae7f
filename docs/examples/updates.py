import limelight as gr

CITIES = {"Chile": ["Arica", "Temuco"], "Japan": ["Kyoto", "Nara"]}

with gr.Blocks() as demo:
    country = gr.Radio(list(CITIES), label="Country")
    city = gr.Dropdown([], label="City", visible=False)
    note = gr.Textbox(label="Note")

    @country.input(inputs=country, outputs=[city, note])
    def list_cities(name):
        cities = CITIES[name]
        return gr.Dropdown(choices=cities, value=cities[0], visible=True), gr.skip()

    @city.change(inputs=[country, city], outputs=[city, note])
    def describe(country_name, city_name):
        return {note: f"{city_name} is in {country_name}."}


if __name__ == "__main__":
    demo.launch()
