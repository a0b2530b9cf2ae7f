"""Every component, in groups: live, with the code that draws it beside it.

A page is a group: `gallery_parts/pages/` has a module for each, and there a function for each
component. Needs nothing besides Limelight; AnyWidget's card needs
`examples/requirements/gallery.txt`.
"""

from __future__ import annotations

from pathlib import Path

from gallery_parts import docs, start
from gallery_parts.frame import frame
from gallery_parts.pages import GROUPS

import limelight as gr

LOOK = Path(__file__).parent / "gallery_parts" / "look.css"

with gr.Blocks(title="Limelight gallery") as demo:
    frame(GROUPS, "")
    start.draw(GROUPS)

for group in GROUPS:
    with demo.route(group.title, group.path, show_in_navbar=False):
        frame(GROUPS, group.path)
        group.draw()

with demo.route("Documentation", "docs", show_in_navbar=False) as page:
    frame(GROUPS, "docs")
    docs.draw(page)

if __name__ == "__main__":
    demo.launch(css_paths=LOOK)
