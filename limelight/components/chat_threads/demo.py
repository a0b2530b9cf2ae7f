"""The smallest chat whose conversations are kept."""

import limelight as gr


def answer(message: str, history: list[dict[str, str]]) -> str:
    return f"You said: {message}"


demo = gr.ChatInterface(answer, save_history=True)

if __name__ == "__main__":
    demo.launch()
