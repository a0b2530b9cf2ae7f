import { describe, expect, test } from "vitest";
import { Urls } from "./url";

describe("the app's address is the page's, without the page's name", () => {
  test.each([
    ["http://h:1/", undefined, "http://h:1/"],
    ["http://h:1", "", "http://h:1/"],
    ["https://h/sub/app", "", "https://h/sub/app/"],
    ["https://h/sub/app/", "", "https://h/sub/app/"],
    ["https://h/sub/second", "second", "https://h/sub/"],
    ["https://h/second/", "second", "https://h/"],
    ["https://h/a/b", "a/b", "https://h/"],
    ["https://h/two%20words", "two words", "https://h/"],
    ["https://h/sub/index.html", "", "https://h/sub/"],
  ])("%s, page %j", (page, current, root) => {
    expect(Urls.of(page, current).root).toBe(root);
  });
});

test("calls carry the page's own query", () => {
  const urls = Urls.of("https://h/app/?a=1&b=%20", "");
  expect(urls.call("queue/join")).toBe("https://h/app/gradio_api/queue/join?a=1&b=%20");
  expect(urls.socket("s", 7, [])).toBe("wss://h/app/gradio_api/ws?session_hash=s&stands=1&after=7&a=1&b=%20");
  expect(urls.socket("s", -1, ["e", "f"])).toContain("&after=-1&events=e%2Cf&a=1");
  expect(urls.api("info")).toBe("https://h/app/gradio_api/info");
});

describe("files", () => {
  const urls = new Urls("https://proxy/app/");
  test.each([
    [{ path: "h/a b.png", url: "http://inner:7860/gradio_api/file=h/a%20b.png" }, "https://proxy/app/gradio_api/file=h/a%20b.png"],
    [{ path: "h/a b.png", url: null }, "https://proxy/app/gradio_api/file=h/a%20b.png"],
    [{ path: "h/a.png", url: "gradio_api/file=h/a.png" }, "https://proxy/app/gradio_api/file=h/a.png"],
    [{ path: null, url: "data:image/png;base64,AA" }, "data:image/png;base64,AA"],
    [{ path: "https://x/y.png", url: "https://x/y.png" }, "https://x/y.png"],
    [{ path: "s/r/1/playlist.m3u8", url: "http://i/gradio_api/stream/s/r/1/playlist.m3u8" }, "https://proxy/app/gradio_api/stream/s/r/1/playlist.m3u8"],
    [{ path: null, url: null }, ""],
  ])("%j", (file, url) => {
    expect(urls.file(file)).toBe(url);
  });
});
