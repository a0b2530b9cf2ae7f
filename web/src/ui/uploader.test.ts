import { describe, expect, test, vi } from "vitest";
import type { FileData, Host, UploadOptions } from "./contract";
import { stubHost } from "./stub";
import { acceptList, accepts, Uploader } from "./uploader.svelte";

const sent: FileData = { path: "h/cat.png", meta: { _type: "gradio.FileData" } };

function file(name: string, type = ""): File {
  return new File(["x"], name, { type });
}

function uploader(
  upload: Host["upload"],
  options: { accept?: string[]; multiple?: boolean } = {},
): { up: Uploader; onfiles: ReturnType<typeof vi.fn> } {
  const onfiles = vi.fn();
  const host = stubHost({ name: "image" }, { upload });
  return { up: new Uploader(() => ({ host, onfiles, ...options })), onfiles };
}

describe("types", () => {
  test("kinds, extensions and MIME types become what browsers understand", () => {
    expect(acceptList(["image", ".PDF", "csv", "audio/mpeg"])).toEqual([
      "image/*",
      ".pdf",
      ".csv",
      "audio/mpeg",
    ]);
    expect(acceptList("image/*, .txt")).toEqual(["image/*", ".txt"]);
    expect(acceptList(["image", "file"])).toEqual([]);
    expect(acceptList(null)).toEqual([]);
  });

  test.each([
    ["cat.png", "image/png", ["image/*"], true],
    ["cat.PNG", "", [".png"], true],
    ["song.flac", "", ["audio/*"], true],
    ["a.txt", "text/plain", ["image/*", ".pdf"], false],
    ["a.txt", "text/plain", [], true],
    ["a.pdf", "application/pdf", ["application/pdf"], true],
    ["imagex", "imagex/png", ["image/*"], false],
  ])("%s (%s) for %j: %s", (name, type, accept, expected) => {
    expect(accepts({ name, type }, accept)).toBe(expected);
  });
});

test("files are sent and handed over", async () => {
  const { up, onfiles } = uploader((_files, options) => {
    options?.onprogress?.(0.5);
    expect(up.progress).toBe(0.5);
    expect(up.names).toEqual(["cat.png"]);
    return Promise.resolve([sent]);
  });
  const files = [file("cat.png")];
  await up.send(files);
  expect(onfiles).toHaveBeenCalledWith([sent], files);
  expect(up.busy).toBe(false);
  expect(up.error).toBeNull();
});

test("a file of another type is refused with what is allowed", async () => {
  const upload = vi.fn<Host["upload"]>();
  const { up } = uploader(upload, { accept: ["image/*", ".pdf"] });
  await up.send([file("a.txt", "text/plain")]);
  expect(up.error).toBe("'a.txt' cannot be used here. Allowed: image/*, .pdf.");
  expect(upload).not.toHaveBeenCalled();
});

test("several files where one is wanted are refused, not cut", async () => {
  const upload = vi.fn<Host["upload"]>();
  const { up } = uploader(upload);
  await up.send([file("a"), file("b")]);
  expect(up.error).toBe("Only one file can be uploaded here; 2 were given.");
  expect(upload).not.toHaveBeenCalled();
});

test("the server's reason is shown, and goes with the next attempt", async () => {
  const upload = vi
    .fn<Host["upload"]>()
    .mockRejectedValueOnce(new Error("Larger than 5 MB."))
    .mockResolvedValueOnce([sent]);
  const { up, onfiles } = uploader(upload);
  await up.send([file("a")]);
  expect(up.error).toBe("Larger than 5 MB.");
  expect(up.busy).toBe(false);
  await up.send([file("a")]);
  expect(up.error).toBeNull();
  expect(onfiles).toHaveBeenCalledOnce();
});

test("cancelling tells the transport and hands nothing over", async () => {
  let given: UploadOptions | undefined;
  const { up, onfiles } = uploader(
    (_files, options) =>
      new Promise((_done, fail) => {
        given = options;
        options?.signal?.addEventListener("abort", () => fail(new Error("aborted")));
      }),
  );
  const sending = up.send([file("a")]);
  up.cancel();
  await sending;
  expect(given?.signal?.aborted).toBe(true);
  expect(up.busy).toBe(false);
  expect(up.error).toBeNull();
  expect(onfiles).not.toHaveBeenCalled();
});
