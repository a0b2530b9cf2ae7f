"""Text to write and to read."""

from __future__ import annotations

from gallery_parts.cards import Group

import limelight as gr

GROUP = Group(
    "Text",
    "text",
    "Write a line, a message or a program; read Markdown, formulas and marked-up sentences.",
)


@GROUP.card(gr.Textbox)
def textbox():
    line = gr.Textbox(
        label="Say something",
        info="Enter shouts it.",
        placeholder="hello",
        max_length=60,
        submit_btn=True,
    )
    story = gr.TextArea(
        label="A story", lines=3, buttons=["copy"]
    )
    gr.Text(label="Password", type="password")

    line.submit(lambda text: text.upper() + "!", line, story)


@GROUP.card(gr.MultimodalTextbox)
def multimodal_textbox():
    message = gr.MultimodalTextbox(
        label="Message",
        placeholder="Write, drop files, speak…",
        sources=["upload", "microphone"],
        file_count="multiple",
    )
    reply = gr.Textbox(label="Reply", interactive=False)

    @message.submit(inputs=message, outputs=[message, reply])
    def answer(sent):
        count = len(sent["files"])
        said = f"{sent['text']!r} and {count} files."
        return None, f"You sent {said}"


@GROUP.card(gr.Code)
def code():
    import ast

    program = gr.Code(
        "total = sum(n * n for n in range(10))",
        "python",
        label="Program",
        autocomplete=True,
        lines=3,
    )

    def parse(text):
        try:
            return ast.dump(ast.parse(text), indent=1)
        except SyntaxError as problem:
            return f"Line {problem.lineno}: {problem.msg}"

    gr.Code(
        parse,
        inputs=program,
        label="Its syntax tree",
        interactive=False,
        max_lines=8,
    )


@GROUP.card(gr.Markdown)
def markdown():
    text = gr.Textbox(
        "A **circle** of radius $r$ has the area "
        "$$A = \\pi r^2$$\n\n"
        "- [x] tables, task lists, footnotes\n"
        "- [ ] nothing unsafe\n",
        label="Markdown",
        lines=5,
    )
    gr.Markdown(
        lambda text: text,
        inputs=text,
        container=True,
        latex_delimiters=[
            {"left": "$$", "right": "$$", "display": True},
            {"left": "$", "right": "$", "display": False},
        ],
    )


@GROUP.card(gr.HighlightedText)
def highlighted_text():
    names = gr.HighlightedText(
        [
            ("Ada Lovelace", "person"),
            (" wrote the first program in ", None),
            ("London", "place"),
            (" in ", None),
            ("1843", "date"),
            (". Select a word to label it.", None),
        ],
        label="Who, where, when",
        show_legend=True,
        interactive=True,
    )
    count = gr.Textbox(
        "person, place, date",
        label="Labels",
        interactive=False,
    )

    @names.change(inputs=names, outputs=count)
    def list_labels(tokens):
        found = [t["class_or_confidence"] for t in tokens]
        return ", ".join(filter(None, found))


@GROUP.card(gr.Dialogue)
def dialogue():
    scene = gr.Dialogue(
        [
            {"speaker": "Ada", "text": "Did it print?"},
            {
                "speaker": "Charles",
                "text": "(sighs) Not yet.",
            },
        ],
        speakers=["Ada", "Charles"],
        tags=["(laughs)", "(sighs)"],
        label="Scene",
        submit_btn="Read it",
    )
    script = gr.Textbox(
        label="What a function gets",
        lines=2,
        interactive=False,
    )

    scene.submit(lambda text: text, scene, script)
