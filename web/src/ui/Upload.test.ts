import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { FileData, Host } from "./contract";
import { stubHost } from "./stub";
import Upload from "./Upload.svelte";

const sent: FileData = { path: "h/cat.png", meta: { _type: "gradio.FileData" } };
const cat = new File(["x"], "cat.png", { type: "image/png" });

function draw(props: Partial<Parameters<typeof Upload>[1]> = {}, upload?: Host["upload"]): ReturnType<typeof vi.fn> {
  const onfiles = vi.fn();
  const host = stubHost({ name: "image" }, { upload: upload ?? (() => Promise.resolve([sent])) });
  render(Upload, { host, onfiles, accept: "image/*", text: "image", ...props });
  return onfiles;
}

function dropOf(...files: File[]): { dataTransfer: Partial<DataTransfer> } {
  return { dataTransfer: { files: files as unknown as FileList, types: ["Files"], dropEffect: "none" } };
}

test("the zone is named, says what to drop, and has the input behind it", () => {
  draw();
  const zone = screen.getByRole("button", { name: "Click to upload or drop files" });
  const text = document.getElementById(zone.getAttribute("aria-describedby") ?? "")?.textContent ?? "";
  expect(text.replace(/\s+/g, " ").trim()).toBe("Drop Image Here - or - Click to Upload");
  const input = screen.getByTestId<HTMLInputElement>("file-upload");
  expect([input.type, input.accept, input.multiple]).toEqual(["file", "image/*", false]);
});

test("a chosen file is sent", async () => {
  const onfiles = draw();
  await fireEvent.change(screen.getByTestId("file-upload"), { target: { files: [cat] } });
  await vi.waitFor(() => expect(onfiles).toHaveBeenCalledWith([sent], [cat]));
});

test("a dropped file is sent, one of another type is refused in words", async () => {
  const onfiles = draw();
  const zone = screen.getByRole("button");
  await fireEvent.drop(zone, dropOf(new File(["x"], "a.txt", { type: "text/plain" })));
  expect((await screen.findByRole("alert")).textContent).toContain("'a.txt' cannot be used here.");
  await fireEvent.drop(zone, dropOf(cat));
  await vi.waitFor(() => expect(onfiles).toHaveBeenCalledOnce());
  expect(screen.queryByRole("alert")).toBeNull();
});

test("while sending, the progress is shown and can be cancelled", async () => {
  const onfiles = draw({}, (_files, options) => {
    options?.onprogress?.(0.42);
    return new Promise<FileData[]>(() => undefined);
  });
  await fireEvent.drop(screen.getByRole("button"), dropOf(cat));
  expect((await screen.findByRole("progressbar")).getAttribute("aria-valuenow")).toBe("42");
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(screen.queryByRole("progressbar")).toBeNull();
  expect(onfiles).not.toHaveBeenCalled();
});

test("when disabled, nothing is taken", async () => {
  const onfiles = draw({ disabled: true });
  const zone = screen.getByRole<HTMLButtonElement>("button");
  expect(zone.disabled).toBe(true);
  await fireEvent.drop(zone, dropOf(cat));
  expect(onfiles).not.toHaveBeenCalled();
});
