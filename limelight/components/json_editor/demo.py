import limelight as gr

CONFIG = {
    "model": "small",
    "layers": 12,
    "seed": 2**64,
    "dropout": [0.1, 0.2],
    "schedule": {"warmup": True, "limit": float("inf")},
}
SCHEMA = {
    "type": "object",
    "required": ["model", "layers"],
    "properties": {
        "model": {"enum": ["small", "large"]},
        "layers": {"type": "integer", "minimum": 1, "maximum": 48},
    },
}


def describe(config):
    return f"{config['model']} with {config['layers']} layers, seed {config['seed']}"


with gr.Blocks() as demo:
    editor = gr.JSONEditor(CONFIG, schema=SCHEMA, label="Settings")
    result = gr.Textbox(label="Result")
    gr.Button("Describe").click(describe, editor, result)
    gr.JSONEditor(CONFIG, label="As they were", interactive=False)

if __name__ == "__main__":
    demo.launch()
