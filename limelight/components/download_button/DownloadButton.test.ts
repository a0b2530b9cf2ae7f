import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { FileData } from "$ui/contract";
import { fakeHost } from "$ui/testing";
import DownloadButton from "./DownloadButton.svelte";

const LETTER: FileData = {
  path: "h/letter.txt",
  url: "gradio_api/file=h/letter.txt",
  orig_name: "letter.txt",
  meta: { _type: "gradio.FileData" },
};

afterEach(() => vi.restoreAllMocks());

function draw(value: FileData | null, interactive = true) {
  const host = fakeHost({ name: "downloadbutton", label: "Get it", elem_classes: ["mine"] }, value, { interactive });
  render(DownloadButton, { host: host as never });
  return host;
}

function followed(): string[] {
  const links: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    links.push(`${this.getAttribute("href")} as ${this.download}`);
  });
  return links;
}

test("a press downloads the file under its name, and tells of the click", async () => {
  const links = followed();
  const host = draw(LETTER);
  const button = screen.getByRole("button", { name: "Get it" });
  expect(button.classList.contains("mine")).toBe(true);
  await fireEvent.click(button);
  expect(links).toEqual(["gradio_api/file=h/letter.txt as letter.txt"]);
  expect(host.dispatched).toEqual([{ event: "click", data: undefined }]);
});

test("without a file a press is only a click", async () => {
  const links = followed();
  const host = draw(null);
  await fireEvent.click(screen.getByRole("button"));
  expect([links, host.dispatched.length]).toEqual([[], 1]);
});

test("one that cannot be pressed is disabled", () => {
  draw(LETTER, false);
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(true);
});
