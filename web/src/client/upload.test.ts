import { beforeEach, expect, test, vi } from "vitest";
import { upload } from "./upload";
import { Urls } from "./url";

class FakeRequest {
  static last: FakeRequest;
  status = 0;
  responseText = "";
  upload: { onprogress: ((event: Partial<ProgressEvent>) => void) | null } = { onprogress: null };
  onload: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onabort: (() => void) | null = null;
  url = "";
  form: FormData | null = null;

  constructor() {
    FakeRequest.last = this;
  }
  open(_: string, url: string): void {
    this.url = url;
  }
  setRequestHeader(): void {}
  send(form: FormData): void {
    this.form = form;
  }
  abort(): void {
    this.onabort?.();
  }
  answer(status: number, text: string): void {
    this.status = status;
    this.responseText = text;
    this.onload?.();
  }
}

const urls = new Urls("http://h/app/");
const file = (name: string) => new File(["12345"], name, { type: "text/plain" });

beforeEach(() => {
  vi.stubGlobal("XMLHttpRequest", FakeRequest);
});

test("files go in one request, and come back as handles", async () => {
  const fractions: number[] = [];
  const uploading = upload({
    urls,
    session: "s",
    files: [file("a.txt"), file("b c.txt")],
    onprogress: (fraction) => fractions.push(fraction),
  });
  const request = FakeRequest.last;
  expect(request.url).toBe("http://h/app/gradio_api/upload?session_hash=s");
  expect(request.form!.getAll("files").map((part) => (part as File).name)).toEqual(["a.txt", "b c.txt"]);
  request.upload.onprogress!({ lengthComputable: true, loaded: 3, total: 12 });
  request.answer(200, JSON.stringify(["h1/a.txt", "h2/b c.txt"]));
  expect(await uploading).toEqual([
    expect.objectContaining({ path: "h1/a.txt", orig_name: "a.txt", size: 5, mime_type: "text/plain" }),
    expect.objectContaining({ path: "h2/b c.txt", url: "http://h/app/gradio_api/file=h2/b%20c.txt" }),
  ]);
  expect(fractions).toEqual([0.25, 1]);
});

test.each([
  [413, "File is too large.", "File is too large."],
  [400, '{"detail": "Not a form."}', "Not a form."],
  [500, "", "The upload failed with status 500."],
  [200, "no list", "no list"],
])("a refusal (%d) is told in the server's words", async (status, text, message) => {
  const uploading = upload({ urls, session: "s", files: [file("a.txt")] });
  FakeRequest.last.answer(status, text);
  await expect(uploading).rejects.toThrow(message);
});

test("a file above the limit is not sent at all", async () => {
  const uploading = upload({ urls, session: "s", files: [file("big.txt")], max_file_size: 4 });
  await expect(uploading).rejects.toThrow("'big.txt' is larger than the 4 bytes allowed here.");
});

test("an upload can be stopped", async () => {
  const stop = new AbortController();
  const uploading = upload({ urls, session: "s", files: [file("a.txt")], signal: stop.signal });
  stop.abort();
  await expect(uploading).rejects.toMatchObject({ name: "AbortError" });
});
