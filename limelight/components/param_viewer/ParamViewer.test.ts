import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeHost } from "$ui/testing";
import type { ParamViewerProps } from "./param_viewer.gen";
import { anchorOf, linked, type Parameter } from "./parameters";
import ParamViewer from "./ParamViewer.svelte";
import { segments, words } from "./words";

const DRAW: Record<string, Parameter> = {
  prompt: { type: "str", description: "What it `shows`, see [more](https://example.com).", default: null },
  size: { type: "Size | None", description: "In pixels.", default: '"large"' },
};

function draw(value: Record<string, Parameter> | null, props: Partial<ParamViewerProps> = {}): void {
  const host = fakeHost<ParamViewerProps, Record<string, Parameter> | null>(
    { name: "paramviewer", header: "Parameters", language: "python", ...props },
    value,
    { tag: "paramviewer" },
  );
  render(ParamViewer, { host });
}

test("links have names that stand in addresses", () => {
  expect([anchorOf("a b", false), anchorOf("a b", true), anchorOf("x", "draw()")]).toEqual([
    undefined,
    "param-a-b",
    "param-draw--x",
  ]);
  expect(linked("list[Size]", ["Size"])).toEqual([{ text: "list" }, { text: "[" }, { text: "Size", href: "#h-size" }, { text: "]" }]);
});

test("code is cut into words, and a description into code and safe links", () => {
  expect(words('int | "a" | None = -1.5').filter(({ kind }) => kind !== "plain")).toEqual([
    { text: '"a"', kind: "string" },
    { text: "None", kind: "keyword" },
    { text: "-1.5", kind: "number" },
  ]);
  expect(words("'it\\'s' x").map(({ text }) => text)).toEqual(["'it\\'s'", " x"]);
  expect(segments("a `b` [c](https://d.e) [f](javascript:g)")).toEqual([
    { text: "a " },
    { text: "b", isCode: true },
    { text: " " },
    { text: "c", href: "https://d.e" },
    { text: " " },
    { text: "f" },
  ]);
});

test("a parameter is opened and closed", async () => {
  draw(DRAW);
  const button = screen.getByRole("button", { name: "prompt" });
  expect(button.getAttribute("aria-expanded")).toBe("false");
  await fireEvent.click(button);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  expect((await screen.findByRole("link", { name: "more" })).getAttribute("href")).toBe("https://example.com");
  expect(screen.getByText("required")).toBeTruthy();
  await fireEvent.click(button);
  expect(screen.queryByRole("link", { name: "more" })).toBeNull();
});

test("all are opened at once", async () => {
  draw(DRAW);
  await fireEvent.click(screen.getByRole("button", { name: "Expand" }));
  expect(screen.getAllByRole("button", { expanded: true })).toHaveLength(2);
  await fireEvent.click(screen.getByRole("button", { name: "Collapse" }));
  expect(screen.queryAllByRole("button", { expanded: true })).toHaveLength(0);
});

test("types lead to their headings, and parameters can be linked to", () => {
  draw(DRAW, { linkify: ["Size"], anchor_links: "draw" });
  expect(screen.getByRole("link", { name: "Size" }).getAttribute("href")).toBe("#h-size");
  expect(screen.getByRole("link", { name: "Link to this section: size" }).getAttribute("href")).toBe("#param-draw-size");
  expect(document.getElementById("param-draw-size")).not.toBeNull();
});

test("the parameter of the page's address is open", () => {
  location.hash = "#param-size";
  draw(DRAW, { anchor_links: true });
  expect(screen.getByRole("button", { expanded: true }).textContent.trim()).toBe("size");
  location.hash = "";
});

test("nothing at all", () => {
  draw(null, { header: undefined as never });
  expect(screen.getByRole("img", { name: "Empty value" })).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});
