from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import limelight as gr


def shout(text):
    return text.upper()


demo = gr.Interface(shout, "text", "text")


def home(request):
    return PlainTextResponse("The demo is at /demo/")


app = Starlette(routes=[Route("/", home)])
app = gr.mount_gradio_app(app, demo, path="/demo")

if __name__ == "__main__":
    import uvicorn

    uvicorn.run(app, port=8000)
