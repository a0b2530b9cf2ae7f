import limelight as gr


def who(name: str, request: gr.Request):
    host = request.client.host if request.client else "nowhere"
    return f"{name} from {host}, with {request.headers.get('user-agent', 'no browser')}"


demo = gr.Interface(who, "text", "text")

if __name__ == "__main__":
    demo.launch()
