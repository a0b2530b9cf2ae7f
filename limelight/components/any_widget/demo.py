import limelight as gr
from limelight.core import events


class Clicker(gr.Component):
    """A button that counts, with a browser half of its own."""

    count: int = 0
    step: int = 1

    _esm = """
    export default {
      render({ model, el }) {
        const button = document.createElement("button");
        const draw = () => (button.textContent = `Clicked ${model.get("count")} times`);
        button.addEventListener("click", () => {
          model.set("count", model.get("count") + model.get("step"));
          model.save_changes();
        });
        model.on("change:count", draw);
        draw();
        el.append(button);
      },
    };
    """
    _css = """
    button {
      min-height: 44px;
      padding: 0 16px;
      border: 0;
      border-radius: var(--button-large-radius);
      background: var(--button-primary-background-fill);
      color: var(--button-primary-text-color);
      font: inherit;
      cursor: pointer;
    }
    """

    change = events.change


with gr.Blocks() as demo:
    clicker = Clicker(label="Clicks", step=2)
    said = gr.Textbox(label="Python says", interactive=False)
    start = gr.Button("Start over")
    clicker.change(lambda state: f"{state['count']} so far", clicker, said)
    start.click(lambda: {"count": 0}, None, clicker)


if __name__ == "__main__":
    demo.launch()
