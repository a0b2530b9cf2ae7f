import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import { strength, tonesOf } from "./colours";
import type { HighlightedTextProps } from "./highlighted_text.gen";
import HighlightedText from "./HighlightedText.svelte";
import { relabelled } from "./labelling";
import { piecesOf, segmentsOf, type Token, trimmed } from "./spans";

const BORN: Token[] = [
  { token: "Marie Curie was born in ", class_or_confidence: null },
  { token: "Warsaw", class_or_confidence: "place" },
  { token: ".", class_or_confidence: null },
];

type TextHost = Fake<HighlightedTextProps, readonly Token[] | null>;

interface Drawn {
  props?: Partial<HighlightedTextProps>;
  interactive?: boolean;
  listens?: boolean;
}

async function draw(
  value: readonly Token[] | null,
  { props = {}, interactive = false, listens = false }: Drawn = {},
): Promise<TextHost> {
  const host = fakeHost<HighlightedTextProps, readonly Token[] | null>(
    { name: "highlightedtext", label: "Names", ...props },
    value,
    { tag: "highlightedtext", interactive, listens: () => listens },
  );
  render(HighlightedText, { host });
  await vi.dynamicImportSettled();
  return host;
}

const list = (): HTMLElement => screen.getByRole("listbox", { name: "Names" });
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) {
    await fireEvent.keyDown(list(), { key: key.replace("Shift+", ""), shiftKey: key.startsWith("Shift+") });
  }
};

test("what has no label is cut into words", () => {
  expect(piecesOf(BORN, true).map(({ text, index }) => [text, index])).toEqual([
    ["Marie ", 0],
    ["Curie ", 0],
    ["was ", 0],
    ["born ", 0],
    ["in ", 0],
    ["Warsaw", 1],
    [".", 2],
  ]);
  expect(piecesOf(BORN, false)).toHaveLength(3);
});

test("a piece is cut at the ends of a range", () => {
  const [piece] = piecesOf([{ token: "abcdef" }], false);
  if (piece === undefined) throw new Error("there is no piece");
  expect(segmentsOf(piece, null)).toEqual([{ text: "abcdef", from: 0, isPicked: false }]);
  expect(segmentsOf(piece, { from: 2, to: 4 }).map(({ text, isPicked }) => [text, isPicked])).toEqual([
    ["ab", false],
    ["cd", true],
    ["ef", false],
  ]);
});

test("blanks at the ends are not labelled", () => {
  expect(trimmed("a bc d", { from: 1, to: 5 })).toEqual({ from: 2, to: 4 });
  expect(trimmed("a  d", { from: 1, to: 3 })).toBeNull();
});

test("a label is set, moved over others, and taken away", () => {
  const named = relabelled(BORN, { from: 0, to: 11 }, "person");
  expect(named.map(({ token, class_or_confidence }) => [token, class_or_confidence])).toEqual([
    ["Marie Curie", "person"],
    [" was born in ", null],
    ["Warsaw", "place"],
    [".", null],
  ]);
  expect(relabelled(named, { from: 0, to: 11 }, null)).toEqual(BORN);
  expect(relabelled(BORN, { from: 21, to: 27 }, "x")).toEqual([
    { token: "Marie Curie was born ", class_or_confidence: null },
    { token: "in War", class_or_confidence: "x" },
    { token: "saw", class_or_confidence: "place" },
    { token: ".", class_or_confidence: null },
  ]);
});

test("classes have the author's colours, else ours, none twice", () => {
  const tones = tonesOf(["b", "a", "c"], { a: "#123456", b: "Green" });
  expect([...tones.keys()]).toEqual(["a", "b", "c"]);
  expect([tones.get("a"), tones.get("b")]).toEqual(["#123456", "#16a34a"]);
  expect(tones.get("c")).not.toBe("#16a34a");
  expect([strength(-2), strength(0.5)]).toEqual([50, 25]);
});

test("parts stand with their classes; without listeners nothing can be pressed", async () => {
  await draw(BORN, { props: { show_legend: true } });
  expect(screen.getByTestId("highlighted-text").textContent).toContain("Marie Curie was born in Warsaw");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(screen.getByRole("group", { name: "Legend" }).textContent).toContain("place");
  expect(document.querySelector<HTMLElement>(".marked")?.style.getPropertyValue("--tone")).toBe("#2563eb");
});

test("the legend brings one class out", async () => {
  await draw([...BORN, { token: "1867", class_or_confidence: "date" }], { props: { show_legend: true } });
  await fireEvent.click(screen.getByRole("button", { name: "date" }));
  expect([...document.querySelectorAll(".marked")].map((span) => span.classList.contains("faded"))).toEqual([true, false]);
});

test("scores have a scale and are read out", async () => {
  await draw(
    [
      { token: "good", class_or_confidence: 0.8 },
      { token: "bad", class_or_confidence: -1 },
    ],
    { props: { show_legend: true } },
  );
  expect(screen.getByRole("img", { name: "Legend" }).textContent).toBe("-10+1");
  const [good, bad] = document.querySelectorAll<HTMLElement>(".score");
  expect([good?.style.getPropertyValue("--amount"), bad?.style.getPropertyValue("--tone")]).toEqual(["40%", "var(--low)"]);
  expect(good?.textContent).toContain("0.8");
});

test("a part is picked by mouse and by keyboard", async () => {
  const host = await draw(BORN, { listens: true });
  await fireEvent.click(screen.getByRole("option", { name: /Warsaw/ }));
  await press("ArrowRight", "Enter");
  expect(host.dispatched).toEqual([
    { event: "select", data: { index: 1, value: ["Warsaw", "place"] } },
    { event: "select", data: { index: 2, value: [".", null] } },
  ]);
  expect(screen.getByRole("option", { selected: true }).textContent).toBe(".");
});

test("words are selected with Shift and labelled with a new class", async () => {
  const host = await draw(BORN, { interactive: true });
  await press("Home", "Shift+ArrowRight", "Enter");
  const field = screen.getByRole("textbox", { name: "Label" });
  expect(document.activeElement).toBe(field);
  await fireEvent.input(field, { target: { value: "person" } });
  await fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  expect(host.value?.[0]).toEqual({ token: "Marie Curie", class_or_confidence: "person" });
  expect(document.activeElement).toBe(list());
});

test("arrow keys follow the direction of the text", async () => {
  const host = await draw(BORN, { interactive: true, props: { rtl: true } });
  list().style.direction = "rtl";
  await press("Home", "ArrowLeft", "Enter");
  await fireEvent.click(screen.getByRole("button", { name: "place" }));
  expect(host.value?.[1]).toEqual({ token: "Curie", class_or_confidence: "place" });
});

test("a label is changed by a click on it, and removed by Delete", async () => {
  const host = await draw(BORN, { interactive: true });
  await fireEvent.click(screen.getByRole("option", { name: /Warsaw/ }));
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Label" });
  expect(field.value).toBe("place");
  await fireEvent.input(field, { target: { value: "city" } });
  await fireEvent.click(screen.getByRole("button", { name: "Apply" }));
  expect(host.value?.[1]).toEqual({ token: "Warsaw", class_or_confidence: "city" });
  await press("End", "ArrowLeft", "Delete");
  expect(host.value).toEqual([{ token: "Marie Curie was born in Warsaw.", class_or_confidence: null }]);
});

test("text selected with the mouse is offered, and Escape lets it go", async () => {
  const host = await draw(BORN, { interactive: true });
  const start = document.querySelector("[data-from='6']")?.firstChild;
  const end = document.querySelector("[data-from='12']")?.firstChild;
  if (!start || !end) throw new Error("the words are not there");
  await fireEvent.pointerDown(list(), { pointerType: "mouse" });
  getSelection()?.setBaseAndExtent(start, 2, end, 2);
  await fireEvent.pointerUp(window);
  expect(document.querySelector("q")?.textContent).toBe("rie wa");
  expect([...document.querySelectorAll(".picked")].map((part) => part.textContent).join("")).toBe("rie wa");
  await fireEvent.keyDown(screen.getByRole("textbox", { name: "Label" }), { key: "Escape" });
  expect(document.querySelector("q")).toBeNull();
  expect(host.written).toEqual([]);
});

test("keys that are pressed at once are heard, though labelling comes later", async () => {
  const drawn = draw(BORN, { interactive: true });
  await press("End", "ArrowLeft", "Delete");
  const host = await drawn;
  expect(host.value).toEqual([{ token: "Marie Curie was born in Warsaw.", class_or_confidence: null }]);
});

test("scores are labelled with numbers, within their bounds", async () => {
  const host = await draw([{ token: "so good", class_or_confidence: 0.2 }], { interactive: true });
  await fireEvent.click(screen.getByRole("option"));
  await fireEvent.input(screen.getByRole("spinbutton"), { target: { value: "3" } });
  await fireEvent.submit(document.querySelector("form") as HTMLFormElement);
  expect(host.value).toEqual([{ token: "so good", class_or_confidence: 1 }]);
});

test("without text there is nothing", async () => {
  await draw(null, { interactive: true });
  expect(screen.getByRole("img", { name: "Empty value" })).toBeTruthy();
});
