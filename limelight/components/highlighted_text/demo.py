import limelight as gr

SENTENCE = [
    ("Ada Lovelace", "person"),
    (" wrote the first program for ", None),
    ("Charles Babbage", "person"),
    ("'s engine in ", None),
    ("London", "place"),
    (" in ", None),
    ("1843", "date"),
    (".", None),
]
REVIEW = [
    ("The soup was ", None),
    ("wonderful", 0.9),
    (", the bread ", None),
    ("fine", 0.3),
    (", the waiter ", None),
    ("rude", -0.8),
    (".", None),
]


def chosen(data: gr.SelectData):
    text, kind = data.value
    return f"{text} ({kind})"


def count(tokens: list):
    labelled = [token for token in tokens or [] if token["class_or_confidence"]]
    return f"{len(labelled)} labels"


with gr.Blocks() as demo:
    names = gr.HighlightedText(SENTENCE, label="Names", show_legend=True)
    gr.HighlightedText(REVIEW, label="Mood", show_legend=True)
    todo = gr.HighlightedText(
        [("Marie Curie was born in ", None), ("Warsaw", "place"), (" in 1867.", None)],
        label="Label it yourself",
        color_map={"person": "royalblue", "place": "#16a34a", "date": "orange"},
        interactive=True,
    )
    result = gr.Textbox(label="Result")
    names.select(chosen, None, result)
    todo.change(count, todo, result)

if __name__ == "__main__":
    demo.launch()
