import limelight as gr
from limelight.core import events


class Stars(gr.Component):
    """One to five stars."""

    stars: int = 3
    color: str = "gold"

    change = events.change

    _esm = """
    export default {
      render({ model, el }) {
        const draw = () => {
          el.replaceChildren(...[1, 2, 3, 4, 5].map((number) => {
            const star = document.createElement("button");
            star.textContent = number <= model.get("stars") ? "★" : "☆";
            star.ariaLabel = `${number} of 5`;
            star.style.color = model.get("color");
            star.onclick = () => {
              model.set("stars", number);
              model.save_changes();
            };
            return star;
          }));
        };
        model.on("change", draw);
        draw();
      },
    };
    """
    _css = "button { border: 0; background: none; font-size: 32px; cursor: pointer }"


def praise(state):
    return "Thank you!" if state["stars"] > 3 else "What can we do better?"


with gr.Blocks() as demo:
    stars = Stars(label="How was it?", color="darkorange")
    answer = gr.Textbox(label="Answer")
    stars.change(praise, stars, answer)
    gr.Button("All of them").click(lambda: {"stars": 5}, None, stars)

if __name__ == "__main__":
    demo.launch()
