"""Markup and components of one's own."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "HTML & widgets",
    "html",
    "Components of your own without a build, and those of Jupyter.",
)


@GROUP.card(gr.HTML)
def html():
    stars = gr.HTML(
        3,
        html_template="""
        ${[1, 2, 3, 4, 5].map(n => `
          <button aria-label="${n} of 5"
            aria-pressed="${n <= value}">★</button>`).join("")}
        """,
        css_template="""
        button { all: unset; font-size: 32px; cursor: pointer }
        button[aria-pressed=false] { opacity: 0.25 }
        """,
        js_on_load="""
        element.onclick = ({ target }) => {
          const all = [...element.querySelectorAll("button")];
          if (all.includes(target))
            props.value = all.indexOf(target) + 1;
        };
        """,
    )
    told = gr.Textbox(
        "★★★", label="Python hears", interactive=False
    )

    stars.change(lambda n: "★" * n, stars, told)


@GROUP.card(
    gr.HTML,
    "HTML with blocks inside",
    "Markup of your own around other blocks, with functions that its script may call.",
)
def html_children():
    def complete(start):
        words = ["apple", "apricot", "cherry", "plum"]
        return [w for w in words if w.startswith(start)]

    fruit = gr.HTML(
        html_template="""
        <label>Fruit <input autocomplete="off"></label>
        {{#each found}}<button>{{this}}</button> {{/each}}
        """,
        css_template="""
        button {
          margin: 8px 4px 0 0; padding: 4px 12px;
          border-radius: 99px; color: inherit;
          background: var(--button-secondary-background-fill);
          border: 1px solid var(--border-color-primary);
        }
        """,
        js_on_load="""
        element.oninput = async ({ target }) => {
          props.found = await server.complete(target.value);
        };
        element.onclick = ({ target }) => {
          if (target.matches("button"))
            trigger("choose", { fruit: target.innerText });
        };
        """,
        server_functions=[complete],
        found=["apple", "plum"],
    )
    with gr.HTML(
        "You chose",
        html_template="<h3>${value}</h3>@children",
    ):
        told = gr.Textbox(
            container=False, label="Fruit chosen"
        )

    @fruit.choose(outputs=told)
    def chosen(event: gr.EventData):
        return event.fruit


@GROUP.card(
    gr.HTML,
    "HTML in a sandbox",
    "Markup of strangers, in a frame that can reach neither the page nor the app.",
)
def html_sandbox():
    markup = gr.Textbox(
        "<h3>Hello</h3> <style>* { color: crimson }</style>",
        label="Markup of a stranger",
    )
    gr.HTML(
        lambda text: text,
        inputs=markup,
        sandbox=True,
        container=True,
        label="Drawn safely",
        show_label=True,
    )


@GROUP.card(
    gr.Component,
    summary="A component of your own: props in Python, and a module of JavaScript.",
)
def component():
    from limelight.core import events

    class Clicker(gr.Component):
        """A button that counts."""

        count: int = 0
        change = events.change

        _esm = """
        export default {
          render({ model, el }) {
            const button = document.createElement("button");
            const draw = () => button.textContent =
              `Clicked ${model.get("count")} times`;
            button.onclick = () => {
              model.set("count", model.get("count") + 1);
              model.save_changes();
            };
            model.on("change:count", draw);
            draw();
            el.append(button);
          },
        };
        """
        _css = """
        button {
          padding: 8px 16px; border: 0; border-radius: 99px;
          font: inherit;
          background: var(--button-primary-background-fill);
          color: var(--button-primary-text-color);
        }
        """

    clicker = Clicker(label="Clicks")
    told = gr.Textbox(
        "0", label="Python hears", interactive=False
    )

    clicker.change(
        lambda state: f"{state['count']}", clicker, told
    )


@GROUP.card(gr.components.Fallback)
def fallback():
    class Point(gr.components.Fallback):
        """Draws nothing of its own: only converts."""

        def preprocess(self, payload):
            return complex(*payload)

        def postprocess(self, value):
            return [value.real, value.imag]

    point = Point(3 + 4j, label="A point")
    turn = gr.Button("Turn by 90 degrees")

    turn.click(lambda value: value * 1j, point, point)


@GROUP.card(gr.AnyWidget)
def any_widget():
    import anywidget
    import traitlets

    class Dial(anywidget.AnyWidget):
        degrees = traitlets.Int(20).tag(sync=True)
        _esm = """
        export default {
          render({ model, el }) {
            const dial = document.createElement("input");
            dial.type = "range";
            dial.ariaLabel = "Degrees";
            dial.value = model.get("degrees");
            dial.oninput = () => {
              model.set("degrees", dial.valueAsNumber);
              model.save_changes();
            };
            el.append(dial);
          },
        };
        """

    dial = gr.AnyWidget(Dial, label="A widget of Jupyter")
    told = gr.Textbox(
        "20 °", label="Python hears", interactive=False
    )

    dial.change(
        lambda widget: f"{widget.degrees} °", dial, told
    )
