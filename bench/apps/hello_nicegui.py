"""The hello app for NiceGUI: `hello_nicegui.py nicegui PAGE PORT`."""

import itertools
import sys

from nicegui import ui  # type: ignore[import-not-found]  # in an environment of its own

numbers = itertools.count(1)


@ui.page("/")  # type: ignore[untyped-decorator]
def page() -> None:
    if sys.argv[2] == "click":
        output = ui.input("Count")
        ui.button("Count", on_click=lambda: output.set_value(str(next(numbers))))
        return
    name = ui.input("Name")
    output = ui.input("Output")
    ui.button("Submit", on_click=lambda: output.set_value(f"Hello {name.value}!"))


if len(sys.argv) > 3:
    ui.run(host="127.0.0.1", port=int(sys.argv[3]), reload=False, show=False)
