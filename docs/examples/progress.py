import time

import limelight as gr


def brew(cups, progress=gr.Progress()):
    progress(0, desc="Heating water")
    time.sleep(0.2)
    for _ in progress.tqdm(range(int(cups)), desc="Brewing", unit="cups"):
        time.sleep(0.2)
    if cups > 4:
        gr.Warning("That is a lot of coffee.")
    gr.Info("Ready.")
    return f"{cups:g} cups of coffee"


demo = gr.Interface(brew, gr.Slider(1, 6, value=3, step=1, label="Cups"), "text")

if __name__ == "__main__":
    demo.launch()
