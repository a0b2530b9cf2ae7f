import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { FileData, Host, UploadOptions } from "$ui/contract";
import { fakeHost, type Fake } from "$ui/testing";
import UploadButton from "./UploadButton.svelte";

type Value = FileData | readonly FileData[] | null;
type Props = Record<string, unknown> & { name: string };

const data = (name: string): FileData => ({ path: `h/${name}`, orig_name: name, meta: { _type: "gradio.FileData" } });
const file = (name: string): File => new File(["x"], name, { type: "text/plain" });

function draw(props: Record<string, unknown> = {}, members: Partial<Omit<Host, "props" | "value">> = {}): Fake<Props, Value> {
  const host = fakeHost<Props, Value>({ name: "uploadbutton", label: "Send", ...props }, null, members as object);
  render(UploadButton, { host: host as never });
  return host;
}

const input = (): HTMLInputElement => screen.getByTestId<HTMLInputElement>("Send-upload-button");
const choose = (...files: File[]) => fireEvent.change(input(), { target: { files } });

test("a press tells of the click and asks for files of the author's types", async () => {
  const host = draw({ file_types: ["image", ".pdf"], size: "sm", variant: "primary", elem_id: "up" });
  const asked = vi.spyOn(input(), "click");
  const button = screen.getByRole("button", { name: "Send" });
  expect([button.id, button.classList.contains("primary"), button.classList.contains("sm")]).toEqual(["up", true, true]);
  await fireEvent.click(button);
  expect(asked).toHaveBeenCalledOnce();
  expect(host.dispatched).toEqual([{ event: "click", data: undefined }]);
  expect([input().accept, input().multiple]).toEqual(["image/*,.pdf", false]);
});

test("a file that was sent is the value, and the listeners hear of it", async () => {
  const host = draw({}, { upload: () => Promise.resolve([data("a.txt")]) });
  await choose(file("a.txt"));
  await vi.waitFor(() => expect(host.value).toEqual(data("a.txt")));
  expect(host.dispatched).toEqual([{ event: "upload", data: data("a.txt") }]);
});

test("several files are a list, and each upload begins anew", async () => {
  const host = draw({ file_count: "multiple" }, { upload: (files) => Promise.resolve(files.map((f) => data(f.name))) });
  expect(input().multiple).toBe(true);
  await choose(file("a.txt"), file("b.txt"));
  await vi.waitFor(() => expect(host.value).toEqual([data("a.txt"), data("b.txt")]));
  await choose(file("c.txt"));
  await vi.waitFor(() => expect(host.value).toEqual([data("c.txt")]));
});

test("the button shows how far it is, and a press stops it", async () => {
  let tell: UploadOptions = {};
  const host = draw({}, {
    upload: (_, options = {}) => {
      tell = options;
      return new Promise(() => undefined);
    },
  });
  await choose(file("a.txt"));
  tell.onprogress?.(0.42);
  await vi.waitFor(() => expect(screen.getByText("42%")).toBeTruthy());
  expect(screen.getByRole("progressbar", { name: "Uploading a.txt" }).getAttribute("aria-valuenow")).toBe("42");
  await fireEvent.click(screen.getByRole("button", { name: /Cancel: Uploading a.txt/ }));
  expect([tell.signal?.aborted, screen.queryByText("42%"), host.value]).toEqual([true, null, null]);
  expect(screen.getByRole("button", { name: "Send" })).toBeTruthy();
});

test("what went wrong is told in a toast", async () => {
  const toast = vi.fn();
  draw({ file_types: [".pdf"] }, { toast });
  await choose(file("a.txt"));
  await vi.waitFor(() =>
    expect(toast).toHaveBeenCalledWith("error", "'a.txt' cannot be used here. Allowed: .pdf."),
  );
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(false);
});

test("one that cannot be pressed is disabled", () => {
  draw({}, { interactive: false });
  expect([screen.getByRole<HTMLButtonElement>("button").disabled, input().disabled]).toEqual([true, true]);
});
