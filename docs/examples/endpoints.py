import limelight as gr


def translate(text: str, language: str = "de") -> str:
    """Translate a text.

    Only one word is known, and one language.
    """
    return {"hello": "hallo"}.get(text.lower(), text) if language == "de" else text


with gr.Blocks(title="Translate") as demo:
    text = gr.Textbox(label="Text")
    language = gr.Radio(["de", "en"], value="de", label="Language")
    translated = gr.Textbox(label="Translated")
    button = gr.Button("Translate")
    button.click(translate, [text, language], translated)
    # The page uses this one; clients cannot call it.
    gr.Button("Swap").click(
        lambda a, b: (b, a), [text, translated], [text, translated], api_visibility="private"
    )

if __name__ == "__main__":
    demo.launch()
