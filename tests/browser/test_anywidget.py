"""Browser halves of the author's own, and widgets of Jupyter: both ways, byte for byte."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

import limelight as gr
from limelight.core import events
from limelight.core.component import Component, server
from limelight.core.props import prop
from tests.browser.harness import (
    Ear,
    allow,
    assert_no_barriers,
    eventually,
    picture,
    place_of,
    ready,
    until,
)

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.harness import Serve, Visit

anywidget: Any = pytest.importorskip("anywidget")
traitlets: Any = pytest.importorskip("traitlets")

ALL_BYTES = bytes(range(256)) * 3

# Shows what it holds as hexadecimal text; turns bytes round and sends them on.
BYTES_ESM = """
const hex = (view) => [...new Uint8Array(view.buffer, view.byteOffset, view.byteLength)]
  .map((byte) => byte.toString(16).padStart(2, "0")).join("");
function button(el, name, run) {
  const made = Object.assign(document.createElement("button"), { textContent: name });
  made.addEventListener("click", run);
  el.append(made);
}
export default {
  initialize({ model }) { model.set("started", model.get("started") + 1); model.save_changes(); },
  render({ model, el, signal, experimental }) {
    const shown = Object.assign(document.createElement("output"), { className: "shown" });
    const heard = Object.assign(document.createElement("output"), { className: "heard" });
    const draw = () => (shown.textContent = hex(model.get("blob")));
    model.on("change:blob", draw);
    draw();
    model.on("msg:custom", ({ kind }, buffers) => {
      if (kind === "back") heard.textContent = buffers.map(hex).join(" ");
    });
    button(el, "Reverse", () => {
      const view = model.get("blob");
      const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength).slice().reverse();
      model.set("blob", new DataView(bytes.buffer));
      model.set("nested", { deep: [bytes.subarray(0, 2)] });
      model.save_changes();
    });
    button(el, "Send", () => {
      model.send({ kind: "turn" }, undefined, [new Uint8Array([1, 2, 255]), new ArrayBuffer(2)]);
    });
    button(el, "Double", async () => {
      const [answer, [view]] = await experimental.invoke("double", 21);
      heard.textContent = `${answer} ${hex(view)}`;
    });
    el.append(shown, heard);
    signal.addEventListener("abort", () => document.body.setAttribute("data-ended", "yes"));
  },
};
"""


class Bytes(anywidget.AnyWidget):  # type: ignore[misc]  # untyped where it is not installed
    """Holds bytes."""

    _esm = BYTES_ESM
    _css = ":root { --mine: rgb(1, 2, 3) } output { display: block; color: var(--mine) }"
    blob = traitlets.Bytes(ALL_BYTES).tag(sync=True)
    nested = traitlets.Dict().tag(sync=True)
    started = traitlets.Int(0).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.on_msg(self._turn)

    def _turn(self, _: Any, content: Any, buffers: list[memoryview]) -> None:
        if content.get("kind") == "turn":
            self.send({"kind": "back"}, [bytes(buffer)[::-1] for buffer in buffers])

    @anywidget.experimental.command  # type: ignore[untyped-decorator]  # the same reason
    def double(self, message: int, buffers: list[Any]) -> tuple[int, list[bytes]]:
        """Called by `experimental.invoke`."""
        assert buffers == []
        return message * 2, [b"\x00\xff"]


class Knob(Component[Any, Any]):
    """A component of the author's own, with a value, a setting and server functions."""

    value: Any = prop(default=None, kw_only=False)
    title: str = "Knob"

    change = events.change
    input = events.input

    _esm = """
    export function render({ model, el, host, experimental }) {
      const shown = document.createElement("output");
      const draw = () => {
        const view = model.get("value");
        const about = `${view.byteLength} bytes, first ${view.getUint8(0)}`;
        shown.textContent = `${model.get("title")}: ${about}`;
      };
      model.on("change", draw);
      draw();
      model.on("msg:custom", ({ said }, [view]) => {
        shown.textContent = `${said} ${view.getUint8(1)}`;
      });
      const add = (name, run) => {
        const made = Object.assign(document.createElement("button"), { textContent: name });
        made.addEventListener("click", run);
        el.append(made);
      };
      add("Shorten", () => {
        const view = model.get("value");
        model.set("value", new DataView(view.buffer.slice(1)));
        model.save_changes();
      });
      add("Say", () => model.send("hello", undefined, [new Uint8Array([7, 8])]));
      add("Ask", async () => {
        const [answer] = await experimental.invoke("length", new Uint8Array([1, 2, 3]));
        shown.textContent = `length ${answer}, props ${host.props.title}`;
      });
      el.append(shown);
      return () => {};
    }
    """

    def preprocess(self, payload: Any) -> Any:
        return payload

    def on_message(self, content: Any, buffers: list[memoryview]) -> Any:
        """What `model.send` brings."""
        return {"said": f"{content}!"}, [bytes(buffers[0])]

    @server
    def length(self, data: Any) -> int:
        """Called by the module."""
        from limelight.core.binary import unpack

        return len(unpack(data))


@pytest.fixture
def ear() -> Ear:
    """Has heard nothing."""
    return Ear()


def press(page: Page, name: str) -> None:
    """Click a button by its whole name."""
    page.get_by_role("button", name=name, exact=True).click()


def test_bytes_go_both_ways_exactly(page: Page, serve: Serve, ear: Ear) -> None:
    given = Bytes()
    given.observe(lambda change: ear.note(("observed", change.new)), "blob")
    with gr.Blocks() as demo:
        widget = gr.AnyWidget(given, label="Bytes")
        gr.Button("Set").click(lambda: {"blob": b"\x00\x80\xff"}, None, widget)
        gr.Button("Touch").click(lambda w: setattr(w, "blob", b"\x05"), widget, None)
        widget.change(lambda w: ear.note(("change", w.blob, w.nested)), widget)
        widget.input(lambda w: ear.note(("input", len(w.blob))), widget)
    ready(page, serve(demo))
    shown, heard = page.locator(".shown"), page.locator(".heard")
    expect(shown).to_have_text(ALL_BYTES.hex())
    expect(shown).to_have_css("color", "rgb(1, 2, 3)")
    expect(page.get_by_role("group", name="Bytes")).to_be_visible()

    press(page, "Reverse")
    ear.expect_all(("observed", ALL_BYTES[::-1]), ("input", len(ALL_BYTES)))
    expect(shown).to_have_text(ALL_BYTES[::-1].hex())

    ear.forget()
    press(page, "Set")
    expect(shown).to_have_text("0080ff")
    ear.expect(("observed", b"\x00\x80\xff"))

    press(page, "Touch")  # no output: the widget itself tells the page
    expect(shown).to_have_text("05")

    press(page, "Send")
    expect(heard).to_have_text("ff0201 0000")
    press(page, "Double")
    expect(heard).to_have_text("42 00ff")
    assert given.blob == ALL_BYTES


def test_sessions_are_apart(visit: Visit, serve: Serve) -> None:
    with gr.Blocks() as demo:
        widget = gr.AnyWidget(Bytes)
        gr.Button("Set").click(lambda: {"blob": b"\x01"}, None, widget)
        said = gr.Textbox(label="Said")
        gr.Button("Tell").click(lambda w: w.blob.hex()[:8], widget, said)
    url = serve(demo)
    one, other = ready(visit(), url), ready(visit(), url)
    expect(other.locator(".shown")).to_have_text(ALL_BYTES.hex())
    press(one, "Set")
    expect(one.locator(".shown")).to_have_text("01")
    press(other, "Tell")
    expect(other.get_by_label("Said")).to_have_value("00010203")
    expect(other.locator(".shown")).to_have_text(ALL_BYTES.hex())


def test_a_widget_that_goes_is_told(page: Page, serve: Serve) -> None:
    with gr.Blocks() as demo:
        widget = gr.AnyWidget(Bytes)
        gr.Button("Hide").click(lambda: gr.AnyWidget(visible=False), None, widget)
        gr.Button("Show").click(lambda: gr.AnyWidget(visible=True), None, widget)
    ready(page, serve(demo))
    press(page, "Reverse")
    expect(page.locator(".shown")).to_have_text(ALL_BYTES[::-1].hex())
    press(page, "Hide")
    expect(page.locator(".shown")).to_have_count(0)
    expect(page.locator("body")).to_have_attribute("data-ended", "yes")
    press(page, "Show")
    expect(page.locator(".shown")).to_have_text(ALL_BYTES[::-1].hex())


def test_a_component_of_ones_own(page: Page, serve: Serve, ear: Ear) -> None:
    with gr.Blocks() as demo:
        knob = Knob(b"\x09\x08\x07", title="Mine")
        gr.Button("Rename").click(lambda: Knob(title="Yours"), None, knob)
        gr.Button("Set").click(lambda: ALL_BYTES, None, knob)
        knob.change(lambda value: ear.note(value), knob)
    ready(page, serve(demo))
    shown = page.locator("output")
    expect(shown).to_have_text("Mine: 3 bytes, first 9")
    press(page, "Shorten")
    expect(shown).to_have_text("Mine: 2 bytes, first 8")
    ear.expect(b"\x08\x07")
    press(page, "Rename")
    expect(shown).to_have_text("Yours: 2 bytes, first 8")
    press(page, "Set")
    expect(shown).to_have_text("Yours: 768 bytes, first 0")
    ear.expect(ALL_BYTES)
    press(page, "Say")
    expect(shown).to_have_text("hello! 8")
    press(page, "Ask")
    expect(shown).to_have_text("length 3, props Yours")


def test_a_module_from_elsewhere_is_not_fetched(page: Page, serve: Serve) -> None:
    class Far(anywidget.AnyWidget):  # type: ignore[misc]  # untyped where it is not installed
        _esm = "import * as d3 from 'https://cdn.example/d3.js';\nexport default { render() {} };"

    with gr.Blocks() as demo:
        gr.AnyWidget(Far)
    allow(page, "cdn.example|could not be drawn|browser half|Content Security Policy")
    ready(page, serve(demo))
    expect(page.get_by_role("note")).to_contain_text("could not be drawn")


@pytest.mark.parametrize("dark", [False, True])
def test_the_demo_has_no_barriers(visit: Visit, serve: Serve, dark: bool) -> None:
    from limelight.components.any_widget.demo import demo

    page = visit(color_scheme="dark" if dark else "light")
    ready(page, serve(demo))
    button = page.get_by_role("button", name="Clicked 0 times")
    expect(button).to_be_visible()
    assert_no_barriers(page)
    button.press("Enter")
    expect(page.get_by_label("Python says")).to_have_value("2 so far")
    press(page, "Start over")
    expect(page.get_by_role("button", name="Clicked 0 times")).to_be_visible()
    picture(page, f"anywidget-{'dark' if dark else 'light'}")


# ---- widgets from the index -----------------------------------------------------------------


def test_drawdata(page: Page, serve: Serve, ear: Ear) -> None:
    drawdata: Any = pytest.importorskip("drawdata")
    points = [{"x": 200, "y": 100, "color": "#1f77b4", "label": "a", "batch": 0}]
    with gr.Blocks() as demo:
        widget = gr.AnyWidget(drawdata.ScatterWidget(height=300), label="Draw")
        gr.Button("One").click(lambda: {"data": points}, None, widget)
        widget.change(lambda w: ear.note(len(w.data) > 3), widget)
    allow(page, 'attribute height: Expected length, "auto"')  # it draws all the same
    ready(page, serve(demo))
    drawing = page.locator("[data-scope] svg").first
    expect(drawing).to_be_visible()
    box = place_of(drawing)
    page.mouse.move(box["x"] + 200, box["y"] + 120)
    page.mouse.down()
    for step in range(8):
        page.mouse.move(box["x"] + 200 + 20 * step, box["y"] + 120, steps=3)
    page.mouse.up()
    ear.expect(True)
    picture(page, "anywidget-drawdata")
    dots = page.locator("[data-scope] svg circle")
    eventually(page, lambda: dots.count() > 3)
    press(page, "One")
    ear.expect(False)
    expect(page.locator("[data-scope] svg circle:not(.brush-indicator)")).to_have_count(1)


def test_mopaint(page: Page, serve: Serve, ear: Ear) -> None:
    mopaint: Any = pytest.importorskip("mopaint")
    pytest.importorskip("PIL.Image")

    def see(widget: Any) -> None:
        image = widget.get_pil().convert("RGBA")
        ear.note((image.size[0] > 100, len(image.getcolors(1 << 24)) > 1))

    with gr.Blocks() as demo:
        widget = gr.AnyWidget(lambda: mopaint.Paint(height=300, width=500), label="Paint")
        gr.Button("Taller").click(lambda: {"height": 450}, None, widget)
        widget.change(see, widget)
    ready(page, serve(demo))
    canvas = page.locator("[data-scope] canvas").first
    expect(canvas).to_be_visible()
    box = place_of(canvas)
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 200, box["y"] + 150, steps=10)
    page.mouse.up()
    ear.expect((True, True))
    picture(page, "anywidget-mopaint")
    press(page, "Taller")
    until(
        page,
        "before => document.querySelector('[data-scope] canvas').offsetHeight > before + 100",
        arg=box["height"],
    )


# Its own constructors pass on arguments that traitlets does not want.
@pytest.mark.filterwarnings("ignore:Passing unrecognized arguments:DeprecationWarning")
def test_wigglystuff(page: Page, serve: Serve, ear: Ear) -> None:
    wigglystuff: Any = pytest.importorskip("wigglystuff")
    with gr.Blocks() as demo:
        slider = gr.AnyWidget(wigglystuff.Slider2D(width=300, height=300), label="Plane")
        gr.Button("Middle").click(lambda: {"x": 0.0, "y": 0.0}, None, slider)
        matrix = gr.AnyWidget(wigglystuff.Matrix(rows=2, cols=2), label="Matrix", type="dict")
        gr.Button("Ones").click(lambda: {"matrix": [[1.0, 1.0], [1.0, 1.0]]}, None, matrix)
        slider.change(lambda w: ear.note((w.x > 0.5, w.y > 0.5)), slider)
        matrix.change(lambda traits: ear.note(traits["matrix"]), matrix)
    ready(page, serve(demo))
    box = place_of(page.locator("#sliderCanvas"))
    page.mouse.move(box["x"] + 150, box["y"] + 150)
    page.mouse.down()
    page.mouse.move(box["x"] + 270, box["y"] + 30, steps=5)
    page.mouse.up()
    ear.expect((True, True))
    press(page, "Middle")
    ear.expect((False, False))
    expect(page.locator("#sliderValues")).to_have_text(re.compile(r"X: 0\.00, Y: -?0\.00"))
    press(page, "Ones")  # its module draws once and listens to nothing, so Python alone can tell
    ear.expect([[1.0, 1.0], [1.0, 1.0]])
    picture(page, "anywidget-wigglystuff")


def test_quak(page: Page, serve: Serve, ear: Ear) -> None:
    """The rows come as Arrow, in buffers of custom messages."""
    quak: Any = pytest.importorskip("quak")
    duckdb: Any = pytest.importorskip("duckdb")
    pyarrow: Any = pytest.importorskip("pyarrow")
    table = pyarrow.table({"name": ["Ada", "Grace", "Alan"], "born": [1815, 1906, 1912]})
    rows = duckdb.connect()
    rows.register("given", table)
    rows.execute("CREATE TABLE df AS SELECT * FROM given")

    def hear(widget: Any) -> None:
        found = rows.cursor().query(widget.sql)  # the page may be asking `rows` just now
        ear.note(sorted(name for name, *_ in found.project("name").fetchall()))

    def narrow(widget: Any) -> None:
        widget.sql = 'SELECT * FROM "df" WHERE born > 1910'

    with gr.Blocks() as demo:
        widget = gr.AnyWidget(lambda: quak.Widget(rows), label="Table")
        gr.Button("Narrow").click(narrow, widget, None)
        gr.Button("Births").click(
            lambda: {"sql": 'SELECT * FROM "df"', "_columns": ["born"]}, None, widget
        ).then(lambda: gr.AnyWidget(visible=False), None, widget)
        gr.Button("Show").click(lambda: gr.AnyWidget(visible=True), None, widget)
        widget.change(hear, widget)
        widget.input(lambda w: ear.note(("input", "BETWEEN" in w.sql)), widget)
    allow(page, "Executing inline event handler violates")  # a hover effect that it does without
    ready(page, serve(demo))
    drawn = page.locator("[data-scope]")
    cells = drawn.locator("tbody td")
    for name in ("Ada", "Grace", "Alan"):
        expect(cells.get_by_text(name)).to_be_visible()
    picture(page, "anywidget-quak")

    # The reader brushes the upper half of the years; the rows of the others go.
    brush = place_of(drawn.locator(".interval-x .overlay"))
    middle = brush["y"] + brush["height"] / 2
    page.mouse.move(brush["x"] + brush["width"] / 2, middle)
    page.mouse.down()
    page.mouse.move(brush["x"] + brush["width"] - 1, middle, steps=4)
    page.mouse.up()
    ear.expect_all(("input", True), ["Alan", "Grace"])
    expect(cells.get_by_text("Ada")).to_have_count(0)
    expect(cells.get_by_text("Grace")).to_be_visible()

    press(page, "Narrow")
    ear.expect(["Alan"])

    # Its module reads traits only when it draws, so what an output set shows when it draws anew.
    press(page, "Births")
    ear.expect(["Ada", "Alan", "Grace"])
    expect(drawn).to_have_count(0)
    press(page, "Show")
    expect(cells.get_by_text("1,815")).to_be_visible()
    expect(cells.get_by_text("Grace")).to_have_count(0)
