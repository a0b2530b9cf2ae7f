import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { FileData, Host } from "$ui/contract";
import { nameOf, sizeText, splitName } from "$ui/filetext";
import { fakeHost, type Fake } from "$ui/testing";
import File from "./File.svelte";
import type { FileProps } from "./file.gen";
import { filesOf, moved, Ordering, rowAt, type FileValue } from "./files.svelte";

const file = (name: string, size: number | null = 2): FileData => ({
  path: `h/${name}`,
  url: `gradio_api/file=h/${name}`,
  orig_name: name,
  size,
  meta: { _type: "gradio.FileData" },
});
const [a, b, c] = [file("a.txt"), file("b.tar.gz", 1843), file("c", null)];

function draw(
  value: FileValue,
  props: Partial<FileProps> = {},
  members: Partial<Omit<Host<FileProps, FileValue>, "props" | "value">> = {},
): Fake<FileProps, FileValue> {
  const host = fakeHost<FileProps, FileValue>({ name: "file", label: "Notes", ...props }, value, members);
  render(File, { host });
  return host;
}

const shown = (): (string | null)[] =>
  [...document.querySelectorAll("td.filename")].map((cell) => cell.getAttribute("aria-label"));

test("a value is one file, several or none", () => {
  expect([filesOf(null), filesOf(a), filesOf([a, b])]).toEqual([[], [a], [a, b]]);
});

test("names fall back to the end of the path; long ones keep their ending", () => {
  expect([nameOf(a), nameOf({ ...a, orig_name: null })]).toEqual(["a.txt", "a.txt"]);
  expect([splitName("b.tar.gz"), splitName(".env"), splitName("c")]).toEqual([
    ["b.tar", ".gz"],
    [".env", ""],
    ["c", ""],
  ]);
});

test("sizes are told in units that a reader knows", () => {
  expect([2, 1843, 1024 ** 2 * 3, null].map(sizeText)).toEqual(["2.0\u00a0B", "1.8\u00a0KB", "3.0\u00a0MB", ""]);
});

test("a dragged file falls on the row whose middle is below it", () => {
  const rows = [0, 30, 60].map((top) => ({ top, height: 30 }));
  expect([rowAt(-5, rows), rowAt(14, rows), rowAt(40, rows), rowAt(500, rows)]).toEqual([0, 0, 1, 2]);
  expect(moved(["a", "b", "c"], 0, 2)).toEqual(["b", "c", "a"]);
});

test("an order counts only once the file is let go", () => {
  const settle = vi.fn();
  const ordering = new Ordering(() => [a, b, c], settle);
  ordering.lift(0);
  ordering.hover(2);
  expect(ordering.files).toEqual([b, c, a]);
  ordering.cancel();
  expect(ordering.files).toEqual([a, b, c]);
  ordering.lift(0);
  ordering.drop();
  expect(settle).not.toHaveBeenCalled();
  ordering.lift(0);
  ordering.hover(1);
  ordering.drop();
  expect(settle).toHaveBeenCalledExactlyOnceWith([b, a, c]);
});

test("empty, it is a drop zone that takes what the author allows", async () => {
  const upload = vi.fn(() => Promise.resolve([a]));
  const host = draw(null, { file_types: [".txt", "image"] }, { upload });
  const input = screen.getByTestId<HTMLInputElement>("file-upload");
  expect([input.accept, input.multiple]).toEqual([".txt,image/*", false]);
  await fireEvent.change(input, { target: { files: [new globalThis.File(["x"], "a.txt")] } });
  await vi.waitFor(() => expect(host.value).toEqual(a));
  expect(host.dispatched).toEqual([{ event: "upload", data: a }]);
});

test("several files are added to those that are there", async () => {
  const host = draw([a], { file_count: "multiple" }, { upload: () => Promise.resolve([b]) });
  const input = screen.getByTestId<HTMLInputElement>("file-upload");
  expect(input.multiple).toBe(true);
  await fireEvent.change(input, { target: { files: [new globalThis.File(["x"], "b.tar.gz")] } });
  await vi.waitFor(() => expect(host.value).toEqual([a, b]));
});

test("a list shows names, sizes and downloads", async () => {
  const host = draw([a, b], {}, { interactive: false });
  expect(shown()).toEqual(["a.txt", "b.tar.gz"]);
  const link = screen.getByRole<HTMLAnchorElement>("link", { name: "Download b.tar.gz, 1.8\u00a0KB" });
  expect([link.getAttribute("href"), link.download]).toEqual(["gradio_api/file=h/b.tar.gz", "b.tar.gz"]);
  await fireEvent.click(link);
  expect(host.dispatched).toEqual([{ event: "download", data: b }]);
  expect(screen.queryByRole("button", { name: "Clear" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Remove this file" })).toBeNull();
});

test("a file is removed, the focus stays in the list, the last one leaves none", async () => {
  const host = draw([a, b], { file_count: "multiple" });
  const remove = (): HTMLElement[] => screen.getAllByRole("button", { name: "Remove this file" });
  await fireEvent.click(remove()[0] as HTMLElement);
  expect([host.value, host.dispatched]).toEqual([[b], [{ event: "delete", data: a }]]);
  await vi.waitFor(() => expect(document.activeElement).toBe(remove()[0]));
  await fireEvent.click(remove()[0] as HTMLElement);
  expect(host.value).toBeNull();
});

test("clear empties it", async () => {
  const host = draw(a);
  await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect([host.value, host.dispatched]).toEqual([null, [{ event: "clear", data: undefined }]]);
});

test("a name can be selected when somebody listens", async () => {
  const host = draw([a, b], {}, { listens: (event) => event === "select" });
  await fireEvent.click(screen.getByRole("button", { name: "b.tar.gz" }));
  expect(host.dispatched).toEqual([{ event: "select", data: { index: 1, value: "b.tar.gz" } }]);
});

test("the arrow keys move a file, say where it is and keep the focus on it", async () => {
  const host = draw([a, b, c], { file_count: "multiple", allow_reordering: true });
  const handle = (name: string): HTMLElement => screen.getByRole("button", { name });
  await fireEvent.keyDown(handle("Move a.txt, 1 of 3"), { key: "ArrowUp" });
  expect(host.written).toEqual([]);
  await fireEvent.keyDown(handle("Move a.txt, 1 of 3"), { key: "ArrowDown" });
  expect(host.value).toEqual([b, a, c]);
  expect(screen.getByText("a.txt is now 2 of 3.").getAttribute("role")).toBe("status");
  await vi.waitFor(() => expect(document.activeElement).toBe(handle("Move a.txt, 2 of 3")));
});

test("static and empty, it says so", () => {
  draw(null, {}, { interactive: false });
  expect(screen.getByText("No files")).toBeTruthy();
  expect(screen.queryByTestId("file-upload")).toBeNull();
});

test("the list is named by the label, also when that is hidden", () => {
  draw(a, { show_label: false });
  const table = screen.getByRole("table", { name: "Notes" });
  expect(within(table).getAllByRole("row")).toHaveLength(1);
});
