import limelight as gr

STARS = """
${[1, 2, 3, 4, 5].map(n => `
    <button aria-label="${n} of 5" ${n <= value ? 'on' : ''}>★</button>
`).join('')}
"""

CSS = """
button { border: 0; background: none; font-size: ${size}px; color: #a1a1aa; cursor: pointer; }
button[on] { color: #d97706; }
"""

SCRIPT = """
element.addEventListener('click', (event) => {
    const star = event.target.closest('button');
    if (!star) return;
    props.value = [...element.querySelectorAll('button')].indexOf(star) + 1;
    trigger('select', { index: props.value });
});
"""


def praise(stars):
    return f"<p>{stars} of 5: {'thank you' if stars > 3 else 'tell us more'}.</p>"


with gr.Blocks() as demo:
    rating = gr.HTML(3, html_template=STARS, css_template=CSS, js_on_load=SCRIPT, size=36)
    answer = gr.HTML(praise(3))
    rating.change(praise, rating, answer)

    with gr.HTML("Anything", html_template="<h3>${value} else?</h3>@children", container=True):
        gr.Textbox(label="Comment")

if __name__ == "__main__":
    demo.launch()
