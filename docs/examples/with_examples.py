import limelight as gr


def area(width, height, unit):
    return f"{width * height:g} {unit}²"


demo = gr.Interface(
    area,
    [gr.Number(label="Width", minimum=0), gr.Number(label="Height", minimum=0)],
    gr.Textbox(label="Area"),
    additional_inputs=[gr.Radio(["mm", "cm", "m"], value="cm", label="Unit")],
    examples=[[3, 4, "m"], [21, 29.7, "cm"]],
    title="Area",
    description="Of a rectangle.",
)

if __name__ == "__main__":
    demo.launch()
