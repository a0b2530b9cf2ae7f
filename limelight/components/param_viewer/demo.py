import limelight as gr

PARAMETERS = {
    "prompt": {
        "type": "str",
        "description": "What the picture shows. See [how to write one](https://example.com).",
        "default": None,
    },
    "size": {
        "type": 'Size | Literal["square", "wide"]',
        "description": "A `Size` in pixels, or one of two by name.",
        "default": '"square"',
    },
    "steps": {
        "type": "int",
        "description": "More steps take longer; over 50 nothing changes.",
        "default": "20",
    },
    "on_step": {"type": "Callable[[int, Image], None] | None", "default": "None"},
}
TYPESCRIPT = {
    "url": {"type": "string", "description": "Where the app is.", "default": None},
    "retries": {"type": "number | undefined", "description": "Tries more.", "default": "3"},
}

with gr.Blocks() as demo:
    gr.ParamViewer(PARAMETERS, linkify=["Size"], header="draw()", anchor_links="draw")
    gr.Markdown("# Size\n\nA pair of whole numbers.", header_links=True)
    gr.ParamViewer(TYPESCRIPT, "typescript", max_height=240)

if __name__ == "__main__":
    demo.launch()
