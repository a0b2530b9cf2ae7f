import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import Markdown from "./Markdown.svelte";
import type { MarkdownProps } from "./markdown.gen";

type MarkdownHost = Fake<MarkdownProps, string | null>;

function draw(value: string | null, props: Partial<MarkdownProps> = {}): MarkdownHost {
  const host = fakeHost<MarkdownProps, string | null>({ name: "markdown", container: false, ...props }, value);
  render(Markdown, { host });
  return host;
}

const content = (): HTMLElement => screen.getByTestId("markdown");

test("the text is drawn, and follows its value", async () => {
  const host = draw("# Hi *you*");
  expect(screen.getByRole("heading", { name: "Hi you", level: 1 })).toBeTruthy();
  expect(content().className).toContain("prose");
  const heading = content().firstElementChild;
  host.put("# Hi *you*\n\nthere");
  await tick();
  expect(content().textContent?.trim()).toBe("Hi you\nthere");
  expect(content().firstElementChild).toBe(heading);
  host.put(null);
  await tick();
  expect(content().innerHTML).toBe("");
});

test("scripts of a text are inert", () => {
  draw("<script>window.hacked = 1</script><img src=x onerror='window.hacked = 1'>");
  expect(content().innerHTML).not.toMatch(/script|onerror/);
});

test("it is written from right to left when asked to", () => {
  draw("سلام", { rtl: true });
  expect(content().dir).toBe("rtl");
});

test("a text higher than its place scrolls, with the keyboard too", () => {
  draw("long", { max_height: 100, min_height: "2em" });
  const scroller = content().parentElement;
  expect([scroller?.style.maxHeight, scroller?.style.minHeight, scroller?.tabIndex]).toEqual(["100px", "2em", 0]);
});

test("without a height it is no stop for the keyboard", () => {
  draw("short");
  expect(content().parentElement?.hasAttribute("tabindex")).toBe(false);
});

test("the button copies the text and tells so", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  const host = draw("# source", { buttons: ["copy"] });
  await fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
  expect(writeText).toHaveBeenCalledExactlyOnceWith("# source");
  expect(host.dispatched).toEqual([{ event: "copy", data: { value: "# source" } }]);
});

test("there is no button unless asked for", () => {
  draw("text");
  expect(screen.queryByRole("button")).toBeNull();
});

test("a prop that changes draws it anew", async () => {
  const host = draw("a\nb\n\n# c");
  host.update({ line_breaks: true, header_links: true });
  await tick();
  expect(content().querySelector("br")).not.toBeNull();
  expect(content().querySelector("h1")?.id).toBe("h-c");
});
