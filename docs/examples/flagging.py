import limelight as gr


def sentiment(text):
    return "positive" if "good" in text.lower() else "negative"


demo = gr.Interface(
    sentiment,
    gr.Textbox(label="Review"),
    gr.Textbox(label="Sentiment"),
    flagging_options=["wrong", "offensive"],
    flagging_dir="flagged",
)

if __name__ == "__main__":
    demo.launch()
