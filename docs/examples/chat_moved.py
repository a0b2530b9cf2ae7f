import time

import limelight as gr  # was: import gradio as gr


def answer(message, history, system_prompt):
    turns = sum(said["role"] == "user" for said in history)
    text = f"{system_prompt} This is answer {turns + 1}. You said: {message['text']}"
    for end in range(1, len(text) + 1, 4):
        time.sleep(0.02)
        yield text[: end + 3]


def vote(data: gr.LikeData):
    print("liked" if data.liked else "disliked", data.index)


with gr.Blocks() as demo:
    chatbot = gr.Chatbot(placeholder="Ask me anything.", height=400)
    chatbot.like(vote)
    gr.ChatInterface(
        answer,
        chatbot=chatbot,
        multimodal=True,
        additional_inputs=[gr.Textbox("Gladly.", label="System prompt")],
        save_history=True,
        api_name="chat",
    )

if __name__ == "__main__":
    demo.launch()
