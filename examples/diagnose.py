"""Tell benign from malignant tumours by the shape of their cells, while the sliders move.

A logistic regression, trained when the app starts, on the Wisconsin breast cancer data that
scikit-learn brings.
It shows how to use a model of your own; it is not for medical use.
Needs: `pip install -r examples/requirements/diagnose.txt`.
"""

from __future__ import annotations

from typing import Any

from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import limelight as gr

CHOSEN = ["mean radius", "mean texture", "mean smoothness", "mean concavity", "mean symmetry"]

data = load_breast_cancer()
columns = [list(data.feature_names).index(name) for name in CHOSEN]
train_x, test_x, train_y, test_y = train_test_split(
    data.data[:, columns], data.target, random_state=0, stratify=data.target
)
model = make_pipeline(StandardScaler(), LogisticRegression()).fit(train_x, train_y)
accuracy = model.score(test_x, test_y)


def diagnose(*measurements: float) -> dict[str, float]:
    """Probability of each diagnosis, for means of what was measured of the cells."""
    probabilities = model.predict_proba([measurements])[0]
    return {str(name): float(p) for name, p in zip(data.target_names, probabilities, strict=True)}


def slider(number: int, name: str) -> Any:
    """A slider over the values that the data has."""
    values = data.data[:, columns[number]]
    low, high = float(values.min()), float(values.max())
    step = 10 ** (len(str(int(high))) - 4)
    return gr.Slider(
        round(low, 3),
        round(high, 3),
        round(float(values.mean()), 3),
        step=step,
        label=name.capitalize(),
    )


with gr.Blocks(title="Diagnose") as demo:
    gr.Markdown(
        "# Diagnose\n"
        "Move a slider; the model answers at once. "
        f"It was trained on {len(train_x)} tumours and is right for {accuracy:.0%} of "
        f"{len(test_x)} others.\n\n*An example of a model, not a medical device.*"
    )
    with gr.Row():
        with gr.Column():
            sliders = [slider(number, name) for number, name in enumerate(CHOSEN)]
        with gr.Column():
            answer = gr.Label(label="Diagnosis")
            gr.Examples(
                [[round(float(v), 3) for v in row] for row in test_x[:4]],
                sliders,
                label="Tumours the model has not seen",
            )
    gr.on(
        [demo.load, *[s.change for s in sliders]],
        diagnose,
        sliders,
        answer,
        show_progress="hidden",
        trigger_mode="always_last",
        api_name="diagnose",
    )

if __name__ == "__main__":
    demo.launch()
