import ast

import limelight as gr

PROGRAM = '''\
from dataclasses import dataclass


@dataclass
class Town:
    """A place where people live."""

    name: str
    people: int = 0

    def grow(self, by: float) -> "Town":
        # Nobody is born by halves.
        return Town(self.name, round(self.people * (1 + by)))


print(Town("Ulm", 126_329).grow(0.012))
'''


def tree_of(program: str):
    try:
        return ast.dump(ast.parse(program), indent=2)
    except SyntaxError as problem:
        return f"Line {problem.lineno}: {problem.msg}"


with gr.Blocks() as demo:
    with gr.Row():
        code = gr.Code(PROGRAM, "python", label="Program", autocomplete=True)
        tree = gr.Code(label="Syntax tree", interactive=False, lines=16, max_lines=16)
    code.change(tree_of, code, tree, show_progress="hidden")
    demo.load(tree_of, code, tree)
    gr.Code('{"wrap": true}', "json", label="Settings", lines=1, wrap_lines=True)

if __name__ == "__main__":
    demo.launch()
