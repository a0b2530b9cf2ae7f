import random

import limelight as gr

latency = [212, 208, 219, 204, 197, 201, 188]


def measure():
    latency.append(latency[-1] + random.randint(-12, 10))
    return {"value": latency[-1], "delta": latency[-1] - latency[-2], "trend": latency[-12:]}


with gr.Blocks() as demo:
    with gr.Row():
        gr.Metric(
            48_250,
            label="Revenue",
            prefix="€",
            delta=0.124,
            delta_format="percent",
            delta_label="since last month",
            trend=[31, 34, 33, 38, 37, 42, 45, 48.25],
        )
        gr.Metric(
            1_284_000,
            label="Visitors",
            format="compact",
            delta=-3_400,
            delta_label="since yesterday",
            trend=[13, 14, 13.5, 13.1, 13.2, 12.9, 12.84],
        )
        gr.Metric(0.0312, label="Sign-ups", format="percent", delta="0", trend=[3, 3.1, 3, 3.1])
        speed = gr.Metric(
            188, label="Latency", suffix="ms", delta=-13, delta_color="inverse", trend=latency
        )
    gr.Button("Measure").click(measure, None, speed, show_progress="hidden")

if __name__ == "__main__":
    demo.launch()
