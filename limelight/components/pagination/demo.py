import limelight as gr

towns = [f"Town {number}" for number in range(1, 96)]


def find(text):
    return [town for town in towns if text.lower() in town.lower()]


def show(text, shown):
    return "\n".join(f"- {town}" for town in find(text)[shown])


with gr.Blocks() as demo:
    search = gr.Textbox(label="Search")
    found = gr.Markdown(show("", slice(0, 10)))
    pages = gr.Pagination(len(towns), type="slice", page_sizes=[10, 20, 50], label="Towns")
    search.change(lambda text: gr.Pagination(total=len(find(text)), value=1), search, pages).then(
        show, [search, pages], found
    )
    pages.input(show, [search, pages], found)

if __name__ == "__main__":
    demo.launch()
