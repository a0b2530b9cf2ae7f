import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { FileData } from "$ui/contract";
import { fakeHost, type Fake } from "$ui/testing";
import type { DatasetProps } from "./dataset.gen";
import Dataset from "./Dataset.svelte";
import { cellOf, textOf } from "./rows";

interface Props extends DatasetProps {
  components: readonly { name: string }[];
}

const cat: FileData = {
  path: "h/cat.png",
  url: "gradio_api/file=h/cat.png",
  orig_name: "cat.png",
  meta: { _type: "gradio.FileData" },
};

function draw(tags: readonly string[], props: Partial<Props>): Fake<Props, number | null> {
  const components = tags.map((name) => ({ name }));
  const host = fakeHost<Props, number | null>({ name: "dataset", components, ...props }, null, {
    tag: "dataset",
    interactive: false,
  });
  render(Dataset, { host });
  return host;
}

test("a cell shows pictures, colours or text", () => {
  expect(cellOf("image", cat)).toEqual({ kind: "images", files: [cat], text: "cat.png" });
  expect(cellOf("gallery", [{ image: cat, caption: null }]).kind).toBe("images");
  expect(cellOf("audio", cat)).toEqual({ kind: "text", text: "cat.png" });
  expect(cellOf("colorpicker", "#ff0000")).toEqual({ kind: "color", text: "#ff0000" });
  expect(cellOf("image", null)).toEqual({ kind: "text", text: "" });
});

test("any value has a text", () => {
  expect([true, 1.5, null, ["a", "b"], { a: 1 }].map(textOf)).toEqual(["true", "1.5", "", "a, b", '{"a":1}']);
  expect(textOf({ headers: ["x"], data: [[1, 2], [3, 4]] })).toBe("1, 2; 3, 4");
  expect(textOf({ text: "Look", files: [cat] })).toBe("Look cat.png");
});

test("one column is a gallery of chips", async () => {
  const host = draw(["textbox"], { samples: [["red"], ["green"]] });
  expect(screen.getByRole("group", { name: "Examples" })).toBeTruthy();
  await fireEvent.click(screen.getByRole("button", { name: "green" }));
  const data = { index: 1, value: ["green"] };
  expect([host.value, host.dispatched]).toEqual([1, [{ event: "click", data }, { event: "select", data }]]);
});

test("pictures and files are named by their files", () => {
  draw(["image"], { samples: [[cat]] });
  const chip = screen.getByRole("button", { name: "cat.png" });
  expect(chip.querySelector("img")?.getAttribute("src")).toBe("gradio_api/file=h/cat.png");
});

test("several columns are a table with headers", async () => {
  const host = draw(["textbox", "number"], {
    samples: [["Ada", 36], ["Grace", 85]],
    headers: ["Name", "Years"],
    label: "People",
  });
  expect(screen.getByRole("grid", { name: "People" })).toBeTruthy();
  expect(screen.getAllByRole("columnheader").map((cell) => cell.textContent)).toEqual(["Name", "Years"]);
  expect(document.querySelectorAll("tr.tr-body")).toHaveLength(2);
  await fireEvent.click(screen.getByText("Grace"));
  expect(host.value).toBe(1);
  expect(screen.getByRole("row", { name: "Grace 85" }).getAttribute("aria-selected")).toBe("true");
});

test("the arrow keys go through the rows, Enter chooses", async () => {
  const host = draw(["textbox", "number"], { samples: [["a", 1], ["b", 2], ["c", 3]] });
  const row = (name: string): HTMLElement => screen.getByRole("row", { name });
  expect(screen.getAllByRole("row").map((one) => one.tabIndex)).toEqual([0, -1, -1]);
  await fireEvent.keyDown(row("a 1"), { key: "ArrowDown" });
  await vi.waitFor(() => expect(document.activeElement).toBe(row("b 2")));
  await fireEvent.keyDown(row("b 2"), { key: "Enter" });
  expect(host.value).toBe(1);
});

test("names of the author stand instead of the rows", () => {
  draw(["textbox", "number"], { samples: [["a", 1], ["b", 2]], sample_labels: ["First", "Second"] });
  expect(screen.getAllByRole("button").map((chip) => chip.textContent.trim())).toEqual(["First", "Second"]);
});

test("rows come in pages, and a click knows the number of its row among all", async () => {
  const host = draw(["textbox"], { samples: Array.from({ length: 12 }, (_, i) => [`row ${i}`]), samples_per_page: 5 });
  expect(screen.getAllByRole("button", { name: /^row/ })).toHaveLength(5);
  await fireEvent.click(screen.getByRole("button", { name: "3" }));
  expect(screen.getByRole("button", { name: "3" }).getAttribute("aria-current")).toBe("page");
  await fireEvent.click(screen.getByRole("button", { name: "row 11" }));
  expect(host.value).toBe(11);
  host.update({ samples: [["only"]] });
  expect(await screen.findByRole("button", { name: "only" })).toBeTruthy();
});

test("an empty value is named by its number; a Dataset that is off does nothing", async () => {
  const host = draw(["textbox"], { samples: [[""]], interactive: false });
  await fireEvent.click(screen.getByRole("button", { name: "Example 1" }));
  expect(host.dispatched).toEqual([]);
});
