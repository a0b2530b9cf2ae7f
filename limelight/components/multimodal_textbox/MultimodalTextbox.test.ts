import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { FileData, Host, UploadOptions } from "$ui/contract";
import { fakeHost, type Fake } from "$ui/testing";
import type { Message } from "./message";
import type { MultimodalTextboxProps } from "./multimodal_textbox.gen";
import MultimodalTextbox from "./MultimodalTextbox.svelte";
import { kindOf } from "./parts/kinds";
import { clockText, levelOf, problemOf, windowFor } from "./parts/recording.svelte";
import { mixed, wavOf } from "./parts/wav";

type MessageHost = Host<MultimodalTextboxProps, Message | null>;

/** Uploads that a test brings to an end by hand. */
class Line {
  readonly calls: { file: File; options: UploadOptions; done: () => void; fail: (why: string) => void }[] = [];

  readonly upload = (files: readonly File[], options: UploadOptions = {}): Promise<FileData[]> =>
    new Promise((resolve, reject) => {
      const file = files[0]!;
      options.signal?.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
      this.calls.push({
        file,
        options,
        done: () => resolve([data(file.name, file.type)]),
        fail: (why) => reject(new Error(why)),
      });
    });

  names(): string[] {
    return this.calls.map(({ file }) => file.name);
  }
}

const data = (name: string, mime_type = "text/plain"): FileData => ({
  path: `h/${name}`,
  url: `gradio_api/file=h/${name}`,
  orig_name: name,
  mime_type,
  size: 1843,
  meta: { _type: "gradio.FileData" },
});
const file = (name: string, type = "text/plain"): File => new File(["hello"], name, { type });

beforeEach(() => {
  let count = 0;
  URL.createObjectURL = () => `blob:${(count += 1)}`;
  URL.revokeObjectURL = () => undefined;
});

function draw(
  props: Partial<MultimodalTextboxProps> = {},
  value: Message | null = { text: "", files: [] },
  members: Partial<Omit<MessageHost, "props" | "value">> = {},
): Fake<MultimodalTextboxProps, Message | null> {
  const host = fakeHost<MultimodalTextboxProps, Message | null>(
    { name: "multimodaltextbox", label: "Message", submit_btn: true, ...props },
    value,
    { tag: "multimodaltextbox", ...members },
  );
  render(MultimodalTextbox, { host });
  return host;
}

const control = (): HTMLTextAreaElement => screen.getByRole("textbox", { name: "Message" });
const button = (name: string): HTMLElement => screen.getByRole("button", { name });
/** What was dispatched, but for where the focus is. */
const events = (host: { dispatched: readonly { event: string }[] }): string[] =>
  host.dispatched.map(({ event }) => event).filter((event) => event !== "focus" && event !== "blur");

async function choose(...files: File[]): Promise<void> {
  await fireEvent.change(screen.getByTestId("file-upload"), { target: { files } });
  await vi.dynamicImportSettled();
}

async function paste(given: { text?: string; files?: File[] }): Promise<boolean> {
  const clipboardData = { files: given.files ?? [], items: [], getData: () => given.text ?? "" };
  const isLeft = await fireEvent.paste(control(), { clipboardData });
  await vi.dynamicImportSettled();
  return isLeft;
}

test("typing sets the text and leaves the files", async () => {
  const host = draw({}, { text: "", files: [data("a.txt")] });
  await fireEvent.input(control(), { target: { value: "Hi" } });
  expect(host.value).toEqual({ text: "Hi", files: [data("a.txt")] });
  expect(events(host)).toEqual(["input"]);
});

test("Enter submits and Shift+Enter breaks the line, but not while a character is composed", async () => {
  const host = draw({}, { text: "Hi", files: [] });
  expect(await fireEvent.keyDown(control(), { key: "Enter", isComposing: true })).toBe(true);
  expect(await fireEvent.keyDown(control(), { key: "Enter", keyCode: 229 })).toBe(true);
  expect(await fireEvent.keyDown(control(), { key: "Enter", shiftKey: true })).toBe(true);
  expect(events(host)).toEqual([]);
  expect(await fireEvent.keyDown(control(), { key: "Enter" })).toBe(false);
  expect(events(host)).toEqual(["submit"]);
});

test("with more lines the two keys change places", async () => {
  const host = draw({ lines: 3 });
  await fireEvent.keyDown(control(), { key: "Enter" });
  expect(events(host)).toEqual([]);
  await fireEvent.keyDown(control(), { key: "Enter", shiftKey: true });
  expect(events(host)).toEqual(["submit"]);
});

test("buttons have names, captions and events of their own", async () => {
  const host = draw({ submit_btn: "Ask", stop_btn: true });
  await fireEvent.click(button("Ask"));
  await fireEvent.click(button("Stop"));
  expect(events(host)).toEqual(["submit", "stop"]);
});

test("focus, blur and selections are told", async () => {
  const host = draw({}, { text: "hello", files: [] });
  await fireEvent.focus(control());
  control().setSelectionRange(1, 3);
  await fireEvent.select(control());
  await fireEvent.blur(control());
  expect(host.dispatched).toEqual([
    { event: "focus", data: undefined },
    { event: "select", data: { value: "el", index: [1, 3] } },
    { event: "blur", data: undefined },
  ]);
});

test("chosen files show their progress and then belong to the message", async () => {
  const line = new Line();
  const host = draw({ file_count: "multiple" }, null, { upload: line.upload });
  await choose(file("a.txt"));
  expect(button("Submit").hasAttribute("disabled")).toBe(true);
  line.calls[0]!.options.onprogress?.(0.4);
  await vi.waitFor(() => {
    const bar = screen.getByRole("progressbar", { name: "Uploading a.txt" });
    expect(bar.getAttribute("aria-valuenow")).toBe("40");
  });
  line.calls[0]!.done();
  await screen.findByRole("button", { name: "Remove file a.txt" });
  expect(host.value).toEqual({ text: "", files: [data("a.txt")] });
  expect(events(host)).toEqual(["input"]);
  expect(screen.getByText("a.txt was attached.").getAttribute("role")).toBe("status");
  expect(button("Submit").hasAttribute("disabled")).toBe(false);
});

test("files come in the order chosen, three at a time, past those that fail", async () => {
  const line = new Line();
  const host = draw({ file_count: "multiple" }, null, { upload: line.upload });
  await choose(...["a", "b", "c", "d"].map((name) => file(name)));
  expect(line.names()).toEqual(["a", "b", "c"]);
  line.calls[2]!.done();
  await vi.waitFor(() => expect(line.names()).toEqual(["a", "b", "c", "d"]));
  expect(host.written).toEqual([]);
  line.calls[1]!.fail("The file is too large.");
  line.calls[0]!.done();
  await vi.waitFor(() => expect(host.value?.files.map(({ orig_name }) => orig_name)).toEqual(["a", "c"]));
  expect(screen.getByText("The file is too large.")).toBeTruthy();
  await fireEvent.click(button("Try to upload b again"));
  line.calls[3]!.done();
  line.calls[4]!.done();
  await vi.waitFor(() => expect(host.value?.files.map(({ orig_name }) => orig_name)).toEqual(["a", "c", "b", "d"]));
});

test("an upload can be cancelled", async () => {
  const line = new Line();
  const host = draw({}, null, { upload: line.upload });
  await choose(file("a.txt"));
  await fireEvent.click(button("Cancel upload of a.txt"));
  expect(line.calls[0]!.options.signal?.aborted).toBe(true);
  expect(screen.queryByRole("list")).toBeNull();
  expect(host.written).toEqual([]);
  await vi.waitFor(() => expect(document.activeElement).toBe(control()));
});

test("Enter waits for files that are on their way, and says so", async () => {
  const line = new Line();
  const host = draw({}, { text: "Hi", files: [] }, { upload: line.upload });
  await choose(file("a.txt"));
  await fireEvent.keyDown(control(), { key: "Enter" });
  expect(events(host)).toEqual([]);
  expect(screen.getByText("Files are still being uploaded.").getAttribute("role")).toBe("status");
  line.calls[0]!.done();
  await screen.findByRole("button", { name: "Remove file a.txt" });
  await fireEvent.keyDown(control(), { key: "Enter" });
  expect(events(host)).toEqual(["input", "submit"]);
});

test("nothing is sent before files that were chosen just now", async () => {
  const line = new Line();
  const host = draw({}, { text: "Hi", files: [] }, { upload: line.upload });
  await fireEvent.change(screen.getByTestId("file-upload"), { target: { files: [file("a.txt")] } });
  await fireEvent.keyDown(control(), { key: "Enter" });
  expect(events(host)).toEqual([]);
  expect(button("Submit").hasAttribute("disabled")).toBe(true);
  await vi.waitFor(() => expect(line.names()).toEqual(["a.txt"]));
});

test("where one file is allowed, another one takes its place", async () => {
  const line = new Line();
  const host = draw({}, { text: "", files: [data("a.txt")] }, { upload: line.upload });
  await choose(file("b.txt"));
  line.calls[0]!.done();
  await vi.waitFor(() => expect(host.value?.files).toEqual([data("b.txt")]));
  await choose(file("c"), file("d"));
  expect(screen.getByRole("alert").textContent).toBe("Only one file can be uploaded here; 2 were given.");
});

test("files of other types are refused; the others are taken", async () => {
  const line = new Line();
  draw({ file_types: ["image", ".pdf"], file_count: "multiple" }, null, { upload: line.upload });
  expect(screen.getByTestId("file-upload").getAttribute("accept")).toBe("image/*,.pdf");
  await choose(file("a.png", "image/png"), file("b.txt"));
  expect(line.names()).toEqual(["a.png"]);
  expect(screen.getByRole("alert").textContent).toBe("'b.txt' cannot be used here. Allowed: image/*, .pdf.");
  await fireEvent.click(button("Close"));
  expect(screen.queryByRole("alert")).toBeNull();
});

test("removing a file keeps the focus near", async () => {
  const host = draw({ file_count: "multiple" }, { text: "Hi", files: [data("a.txt"), data("b.txt")] });
  await vi.dynamicImportSettled();
  await fireEvent.click(button("Remove file a.txt"));
  expect(host.value).toEqual({ text: "Hi", files: [data("b.txt")] });
  await vi.waitFor(() => expect(document.activeElement).toBe(button("Remove file b.txt")));
  await fireEvent.click(button("Remove file b.txt"));
  await vi.waitFor(() => expect(document.activeElement).toBe(control()));
});

test("a pasted picture is attached, a text with a picture of itself is pasted", async () => {
  const line = new Line();
  draw({ file_count: "multiple" }, null, { upload: line.upload });
  expect(await paste({ files: [file("image.png", "image/png")] })).toBe(false);
  expect(await paste({ files: [file("image.png", "image/png")], text: "1\t2" })).toBe(true);
  expect(await paste({ text: "short" })).toBe(true);
  expect(line.names()).toEqual(["image.png"]);
  expect(screen.getByAltText("image.png").getAttribute("src")).toBe("blob:1");
});

test("a long text becomes a file, where one can be attached", async () => {
  const line = new Line();
  const host = draw({ max_plain_text_length: 10 }, null, { upload: line.upload });
  expect(await paste({ text: "0123456789" })).toBe(true);
  expect(await paste({ text: "0123456789!" })).toBe(false);
  expect(line.names()).toEqual(["pasted_text.txt"]);
  expect(await line.calls[0]!.file.text()).toBe("0123456789!");
  line.calls[0]!.done();
  await screen.findByRole("button", { name: "Remove file pasted_text.txt" });
  expect(await paste({ text: "not in the place of the other" })).toBe(true);
  host.update({ file_types: ["image"] });
  host.put({ text: "", files: [] });
  expect(await paste({ text: "not among the types allowed" })).toBe(true);
});

test("files can be dropped anywhere on it", async () => {
  const line = new Line();
  draw({}, null, { upload: line.upload });
  const group = screen.getByRole("group", { name: "Multimedia input field" });
  const dataTransfer = { types: ["Files"], files: [file("a.txt")], items: [] };
  await fireEvent.dragEnter(group, { dataTransfer });
  expect(screen.getByText("Release to upload")).toBeTruthy();
  await fireEvent.drop(group, { dataTransfer });
  await vi.waitFor(() => expect(line.names()).toEqual(["a.txt"]));
  expect(screen.queryByText("Release to upload")).toBeNull();
});

test("without the source there are no buttons, and nothing can be dropped", async () => {
  const line = new Line();
  draw({ sources: [] }, null, { upload: line.upload });
  expect(screen.getAllByRole("button")).toEqual([button("Submit")]);
  const dataTransfer = { types: ["Files"], files: [file("a.txt")], items: [] };
  await fireEvent.drop(screen.getByRole("group"), { dataTransfer });
  expect(await paste({ files: [file("a.txt")] })).toBe(true);
  expect(line.calls).toEqual([]);
});

test("static, it shows text and files, and nothing can be changed", async () => {
  draw({}, { text: "Hi", files: [data("a.txt"), data("b.png", "image/png")] }, { interactive: false });
  expect(control().disabled).toBe(true);
  expect(control().value).toBe("Hi");
  await vi.dynamicImportSettled();
  const list = screen.getByRole("list", { name: "Attached files" });
  expect(within(list).getAllByRole("listitem")).toHaveLength(2);
  expect(within(list).queryByRole("button")).toBeNull();
  expect(within(list).getByRole("link", { name: "b.png" }).getAttribute("href")).toBe("gradio_api/file=h/b.png");
});

test("a picture that cannot be drawn becomes a card", async () => {
  draw({}, { text: "", files: [data("a.png", "image/png")] });
  await vi.dynamicImportSettled();
  await fireEvent.error(screen.getByAltText("a.png"));
  expect(screen.queryByAltText("a.png")).toBeNull();
  expect(screen.getByText("1.8 KB")).toBeTruthy();
});

test("a microphone that is blocked is told about", async () => {
  const denied = new DOMException("no", "NotAllowedError");
  vi.stubGlobal("MediaRecorder", vi.fn());
  Object.defineProperty(navigator, "mediaDevices", {
    configurable: true,
    value: { getUserMedia: () => Promise.reject(denied) },
  });
  draw({ sources: ["microphone"] });
  await fireEvent.click(button("Record audio"));
  expect((await screen.findByRole("alert")).textContent).toMatch(/^The microphone is blocked/);
  expect(button("Record audio")).toBeTruthy();
  expect([problemOf(denied), problemOf(new Error("?"))]).toEqual(["ui.record_denied", "ui.record_busy"]);
  vi.unstubAllGlobals();
});

test("a level is loud or not, a clock counts minutes", () => {
  expect(levelOf(new Float32Array(4))).toBe(0);
  expect(levelOf(new Float32Array([1, -1]))).toBe(1);
  expect(levelOf(new Float32Array([0.0625, -0.0625]))).toBe(0.25);
  expect([windowFor(80, 48_000), windowFor(500, 48_000), windowFor(9000, 48_000)]).toEqual([4096, 32_768, 32_768]);
  expect([clockText(7.9), clockText(725)]).toEqual(["0:07", "12:05"]);
});

test("a recording is written as WAV", () => {
  const samples = mixed([new Float32Array([1, -1, 0]), new Float32Array([1, -1, 1])]);
  expect([...samples]).toEqual([1, -1, 0.5]);
  const view = new DataView(wavOf(samples, 8000));
  expect(view.byteLength).toBe(50);
  expect(view.getUint32(24, true)).toBe(8000);
  expect([44, 46, 48].map((at) => view.getInt16(at, true))).toEqual([32767, -32768, 16383]);
});

test("the kind of a file is known by its type, else by its ending", () => {
  expect([kindOf("image/png", "a"), kindOf(null, "a.PNG"), kindOf("audio/wav", "a"), kindOf("", "a.mp4")]).toEqual([
    "image", "image", "audio", "video",
  ]);
  expect([kindOf("text/plain", "a.png"), kindOf(null, "a.txt")]).toEqual(["file", "file"]);
});
