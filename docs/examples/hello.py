import limelight as gr


def greet(name, times):
    return " ".join([f"Hello {name}!"] * int(times))


demo = gr.Interface(greet, ["text", gr.Slider(1, 5, step=1)], "text")

if __name__ == "__main__":
    demo.launch()
