import limelight as gr

WORDS = ["apple", "apricot", "banana", "cherry", "grape", "mango", "peach", "pear", "plum"]


class Stars(gr.HTML):
    """A rating: one to five stars."""

    def __init__(self, value=0, *, size=32, label="Rating", **props):
        super().__init__(
            value,
            label=label,
            size=size,
            html_template="""
            <div role="group" aria-label="{{label}}">
                ${[1, 2, 3, 4, 5].map(n => `
                    <button aria-label="${n} of 5" aria-pressed="${n <= value}">★</button>
                `).join("")}
            </div>
            """,
            css_template="""
            button { border: 0; background: none; font-size: ${size}px; cursor: pointer; }
            button[aria-pressed=false] { opacity: 0.3; }
            """,
            js_on_load="""
            element.addEventListener("click", (event) => {
                const star = event.target.closest("button");
                if (star) props.value = [...element.querySelectorAll("button")].indexOf(star) + 1;
            });
            """,
            **props,
        )

    def api_info(self):
        return {"type": "integer", "minimum": 0, "maximum": 5}

    def example_payload(self):
        return 4


def complete(start):
    return [word for word in WORDS if start and word.startswith(start.lower())]


def praise(stars):
    return f"{stars} of 5: {'thank you' if stars > 3 else 'tell us more'}."


def grow(rating: Stars):
    rating.size += 8
    return rating


def chosen(event: gr.EventData):
    return f"You chose {event.fruit}."


with gr.Blocks() as demo:
    with gr.HTML("Rate it", html_template="<h2>${value}</h2>@children", container=True):
        rating = Stars(3)
        answer = gr.Textbox(label="Answer")
        bigger = gr.Button("Bigger")
    rating.change(praise, rating, answer)
    bigger.click(grow, rating, rating)

    fruit = gr.HTML(
        html_template="""
        <label>Fruit <input name="fruit" autocomplete="off"></label>
        <ul>{{#each found}}<li><button>{{this}}</button></li>{{/each}}</ul>
        """,
        css_template="li { display: inline } ul { padding: 0 } li button { padding: 4px 12px }",
        js_on_load="""
        element.addEventListener("input", async (event) => {
            props.found = await server.complete(event.target.value);
        });
        element.addEventListener("click", (event) => {
            const button = event.target.closest("li button");
            if (button) trigger("choose", { fruit: button.textContent });
        });
        """,
        server_functions=[complete],
        found=[],
    )
    choice = gr.Textbox(label="Choice")
    fruit.choose(chosen, None, choice)

    markup = gr.Textbox("<b>Anything</b><script>document.title = 'x'</script>", label="Markup")
    gr.HTML(lambda text: text, inputs=markup, sandbox=True, label="Markup, drawn")

if __name__ == "__main__":
    demo.launch()
