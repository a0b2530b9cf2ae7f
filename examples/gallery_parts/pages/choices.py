"""One or several out of many."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Choices",
    "choices",
    "One, several, or on and off. Each is whole with the keyboard, and is read out as what it is.",
)


@GROUP.card(gr.Dropdown)
def dropdown():
    country = gr.Dropdown(
        ["Chile", "Côte d'Ivoire", "Japan", "New Zealand"],
        value="Japan",
        label="Country",
        info="Type to find one.",
    )
    luggage = gr.Dropdown(
        ["book", "camera", "map", "tent"],
        value=["map"],
        multiselect=True,
        allow_custom_value=True,
        label="Luggage",
    )
    trip = gr.Textbox(
        "To Japan with map",
        label="Journey",
        interactive=False,
    )

    @gr.on(
        [country.input, luggage.input],
        inputs=[country, luggage],
        outputs=trip,
    )
    def travel(where, things):
        return f"To {where} with {', '.join(things) or 'nothing'}"


@GROUP.card(
    gr.Dropdown,
    "Dropdown that searches",
    "With a function as `choices`, it finds what one types among however many there are.",
)
def dropdown_that_searches():
    import unicodedata

    names = [
        name
        for code in range(0x20, 0x1FAFF)
        if (name := unicodedata.name(chr(code), ""))
    ]

    def find(query, limit):
        """Names with all of the words, the shortest first."""
        words = query.upper().split()
        found = [
            n for n in names if all(w in n for w in words)
        ]
        return sorted(found, key=len)[:limit]

    sign = gr.Dropdown(
        find,
        value="WHITE CHESS QUEEN",
        label="Sign",
        info=f"One of {len(names):,}. Type 'arrow' or 'cat'.",
    )
    shown = gr.Label("\u2655", label="Drawn")

    sign.input(unicodedata.lookup, sign, shown)


@GROUP.card(gr.Radio)
def radio():
    drink = gr.Radio(
        ["tea", "coffee", ("hot chocolate", "cocoa")],
        value="tea",
        label="Drink",
        info="With oat milk.",
    )
    order = gr.Textbox(
        "One tea, coming up", label="Order", interactive=False
    )

    drink.input(
        lambda cup: f"One {cup}, coming up", drink, order
    )


@GROUP.card(gr.Checkbox)
def checkbox():
    agreed = gr.Checkbox(
        label="I have read the terms", info="All forty pages."
    )
    go = gr.Button("Go on", interactive=False)

    agreed.input(
        lambda yes: gr.Button(interactive=yes), agreed, go
    )


@GROUP.card(gr.CheckboxGroup)
def checkbox_group():
    toppings = gr.CheckboxGroup(
        ["Basil", "Olives", "Hot peppers", "Capers"],
        value=["Basil"],
        label="Toppings",
        show_select_all=True,
    )
    order = gr.Textbox(
        "Pizza with Basil", label="Order", interactive=False
    )

    @toppings.change(inputs=toppings, outputs=order)
    def bake(chosen):
        return f"Pizza with {', '.join(chosen) or 'nothing'}"


@GROUP.card(gr.Switch)
def switch():
    lights = gr.Switch(
        True, label="Lights", info="In the whole house."
    )
    state = gr.Textbox(
        "Bright.", label="House", interactive=False
    )

    lights.input(
        lambda on: "Bright." if on else "Good night.",
        lights,
        state,
    )


@GROUP.card(gr.SegmentedControl)
def segmented_control():
    view = gr.SegmentedControl(
        ["List", "Board", "Calendar"],
        value="List",
        label="View",
    )
    days = gr.Pills(
        ["Mon", "Tue", "Wed", "Thu", "Fri"],
        value=["Mon", "Fri"],
        label="Days",
    )
    shown = gr.Textbox(
        "List of Mon, Fri", label="Shown", interactive=False
    )

    gr.on(
        [view.input, days.input],
        lambda view, days: f"{view} of {', '.join(days)}",
        [view, days],
        shown,
    )


@GROUP.card(gr.ColorPicker)
def color_picker():
    color = gr.ColorPicker(
        "#7c3aed", label="Colour of the wall"
    )
    veil = gr.ColorPicker(
        "#1d4ed880", alpha=True, label="With a veil"
    )
    told = gr.Textbox(
        "#7c3aed under #1d4ed880",
        label="Chosen",
        interactive=False,
    )

    gr.on(
        [color.release, veil.release],
        lambda color, veil: f"{color} under {veil}",
        [color, veil],
        told,
    )


@GROUP.card(gr.TreeSelect)
def tree_select():
    basket = gr.TreeSelect(
        {
            "Fruit": {
                "Stone fruit": ["Cherry", "Peach", "Plum"],
                "Berries": ["Currant", "Raspberry"],
            },
            "Nuts": ["Almond", "Walnut"],
        },
        ["Plum", "Almond"],
        multiselect=True,
        label="Basket",
    )
    shopping = gr.Textbox(
        "Plum, Almond", label="To buy", interactive=False
    )

    basket.input(", ".join, basket, shopping)
