import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { FileData, Host } from "$ui/contract";
import { fakeHost, type Fake } from "$ui/testing";
import type { ImageProps } from "./image.gen";
import Image from "./Image.svelte";
import { Camera, constraintsFor, pictureType, problemOf } from "./parts/camera.svelte";
import "./parts/Webcam.svelte"; // loaded before a test waits for it
import { moveBy, pictureIn, pixelAt } from "./parts/point";

const cat: FileData = {
  path: "h/cat.png",
  url: "gradio_api/file=h/cat.png",
  orig_name: "cat.png",
  meta: { _type: "gradio.FileData" },
};
const file = new File(["x"], "cat.png", { type: "image/png" });

type Members = Partial<Omit<Host<ImageProps, FileData | null>, "props" | "value">>;

function draw(
  value: FileData | null,
  props: Partial<ImageProps> = {},
  members: Members = {},
): Fake<ImageProps, FileData | null> {
  const host = fakeHost<ImageProps, FileData | null>(
    {
      name: "image",
      label: "Picture",
      sources: ["upload", "webcam", "clipboard"],
      buttons: ["download", "share", "fullscreen"],
      ...props,
    },
    value,
    { tag: "image", upload: () => Promise.resolve([cat]), ...members },
  );
  render(Image, { host });
  return host;
}

function fakeMedia(getUserMedia: () => Promise<unknown>): void {
  const devices = [{ kind: "videoinput", deviceId: "a", label: "Front" }, { kind: "videoinput", deviceId: "b", label: "" }];
  vi.stubGlobal("navigator", {
    ...navigator,
    mediaDevices: { getUserMedia, enumerateDevices: () => Promise.resolve([...devices, { kind: "audioinput" }]) },
  });
}

function fakeStream(): { stop: ReturnType<typeof vi.fn>; stream: MediaStream } {
  const stop = vi.fn();
  const track = { stop, addEventListener: vi.fn(), getSettings: () => ({ deviceId: "a" }) };
  return { stop, stream: { getTracks: () => [track], getVideoTracks: () => [track] } as unknown as MediaStream };
}

const events = (host: Fake<ImageProps, FileData | null>): string[] => host.dispatched.map(({ event }) => event);

afterEach(() => vi.unstubAllGlobals());

test("a picture keeps its proportions in its element", () => {
  const element = { left: 10, top: 20, width: 200, height: 100 };
  expect(pictureIn(element, { width: 50, height: 50 })).toEqual({ left: 60, top: 20, width: 100, height: 100, scale: 2 });
});

test("clicks fall on pixels of the picture, not on the bars beside it", () => {
  const element = { left: 10, top: 20, width: 200, height: 100 };
  const natural = { width: 50, height: 50 };
  expect(pixelAt([60, 20], element, natural)).toEqual([0, 0]);
  expect(pixelAt([159, 119], element, natural)).toEqual([49, 49]);
  expect(pixelAt([20, 60], element, natural)).toBeNull();
  expect(pixelAt([60, 20], element, { width: 0, height: 0 })).toBeNull();
});

test("arrow keys move the point and stop at the edges", () => {
  const natural = { width: 100, height: 40 };
  expect(moveBy({ key: "ArrowRight", shiftKey: false }, [10, 10], natural)).toEqual([12, 10]);
  expect(moveBy({ key: "ArrowUp", shiftKey: true }, [10, 0], natural)).toEqual([10, 0]);
  expect(moveBy({ key: "Enter", shiftKey: false }, [10, 0], natural)).toBeNull();
});

test("constraints may be whole or only those of the picture", () => {
  expect(constraintsFor(undefined, null)).toEqual({ video: true, audio: false });
  expect(constraintsFor({ constraints: { width: 640 } }, "b")).toEqual({
    video: { width: 640, deviceId: { exact: "b" } },
    audio: false,
  });
  expect(constraintsFor({ constraints: { video: { width: 640 }, audio: true } }, null)).toEqual({
    video: { width: 640 },
    audio: false,
  });
});

test("what went wrong with the camera is told in words", () => {
  const named = (name: string): string => problemOf(Object.assign(new Error("x"), { name }));
  expect(["NotAllowedError", "NotFoundError", "OverconstrainedError", "Whatever"].map(named)).toEqual([
    "ui.webcam_denied",
    "ui.webcam_missing",
    "ui.webcam_unfit",
    "ui.webcam_busy",
  ]);
});

test("photos have the author's format where browsers write it", () => {
  expect([undefined, "jpg", "PNG", "gif"].map(pictureType)).toEqual([
    "image/webp",
    "image/jpeg",
    "image/png",
    "image/png",
  ]);
});

test("a camera that answers after it was turned off goes dark", async () => {
  const { stop, stream } = fakeStream();
  let answer: (value: MediaStream) => void = () => undefined;
  fakeMedia(() => new Promise((done) => (answer = done)));
  const camera = new Camera(() => undefined);
  const opening = camera.open();
  expect(camera.phase).toBe("asking");
  camera.close();
  answer(stream);
  await opening;
  expect([camera.phase, camera.stream, stop.mock.calls.length]).toEqual(["off", null, 1]);
});

test("an uploaded picture becomes the value", async () => {
  const host = draw(null);
  const input = screen.getByTestId<HTMLInputElement>("file-upload");
  expect([input.accept, input.multiple]).toEqual(["image/*", false]);
  await fireEvent.change(input, { target: { files: [file] } });
  await vi.waitFor(() => expect(host.value).toEqual(cat));
  expect(host.dispatched).toEqual([
    { event: "upload", data: cat },
    { event: "input", data: undefined },
  ]);
});

test("a vector graphic is shown from the page's own copy", async () => {
  const host = draw(null);
  const drawing = new File(["<svg/>"], "a.svg", { type: "image/svg+xml" });
  await fireEvent.change(screen.getByTestId("file-upload"), { target: { files: [drawing] } });
  await vi.waitFor(() => expect(host.value?.url).toBe("data:image/svg+xml;base64,PHN2Zy8+"));
  expect(host.value?.path).toBe(cat.path);
});

test("the picture is named, and can be downloaded, enlarged and removed", async () => {
  const host = draw(cat);
  const image = screen.getByRole<HTMLImageElement>("img", { name: "Picture" });
  expect(image.getAttribute("src")).toBe("gradio_api/file=h/cat.png");
  expect(screen.getByTestId("image").contains(image)).toBe(true);
  expect(screen.getByTestId<HTMLAnchorElement>("download-link").download).toBe("cat.png");
  expect(screen.getByRole("button", { name: "Fullscreen" })).toBeTruthy();
  expect(screen.queryByRole("button", { name: "Share" })).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Remove Image" }));
  expect([host.value, events(host)]).toEqual([null, ["clear", "input"]]);
});

test("a result has the author's words and buttons, and cannot be removed", () => {
  draw(cat, { alt_text: "A cat asleep", buttons: [] }, { interactive: false });
  expect(screen.getByRole("img", { name: "A cat asleep" })).toBeTruthy();
  expect(screen.queryAllByRole("button")).toEqual([]);
});

test("static and empty, it says so", () => {
  draw(null, {}, { interactive: false });
  expect(screen.getByText("No image")).toBeTruthy();
  expect(screen.queryByTestId("file-upload")).toBeNull();
});

test("one source has no tabs; an author's words replace ours", () => {
  draw(null, { sources: ["upload"], placeholder: "Your scan\nas a picture" });
  expect(screen.queryByTestId("source-select")).toBeNull();
  expect(screen.getByText("Your scan")).toBeTruthy();
});

test("a click gives the pixel under it, Enter the one under the cross", async () => {
  const host = draw(cat, {}, { interactive: false, listens: (event) => event === "select" });
  const button = screen.getByRole("button", { name: "Select a point in the image: Picture" });
  const image = screen.getByRole<HTMLImageElement>("img", { hidden: true });
  Object.defineProperties(image, { naturalWidth: { value: 100 }, naturalHeight: { value: 50 } });
  image.getBoundingClientRect = () => ({ left: 0, top: 0, width: 200, height: 100 }) as DOMRect;
  await fireEvent.load(image);
  await fireEvent.click(button, { clientX: 20, clientY: 30, detail: 1 });
  await fireEvent.keyDown(button, { key: "ArrowRight" });
  await fireEvent.click(button, { detail: 0 });
  expect(host.dispatched).toEqual([
    { event: "select", data: { index: [10, 15], value: null } },
    { event: "select", data: { index: [52, 25], value: null } },
  ]);
});

test("a picture that cannot be shown says so; the next one gets its chance", async () => {
  const host = draw(cat);
  await fireEvent.error(screen.getByRole("img", { name: "Picture" }));
  expect(screen.getByRole("alert").textContent).toContain("This image cannot be shown.");
  host.put({ ...cat, url: "gradio_api/file=h/dog.png" });
  expect(await screen.findByRole("img", { name: "Picture" })).toBeTruthy();
});

test("a refused camera is explained and can be tried again", async () => {
  fakeMedia(() => Promise.reject(Object.assign(new Error("x"), { name: "NotAllowedError" })));
  draw(null, { sources: ["webcam"] });
  await fireEvent.click(await screen.findByRole("button", { name: "Click to Access Webcam" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The camera is blocked.");
  expect(screen.getByRole("button", { name: "Try again" })).toBeTruthy();
});

test("an open camera offers a photo and a choice of devices; closing it stops the tracks", async () => {
  const { stop, stream } = fakeStream();
  HTMLMediaElement.prototype.play = () => Promise.resolve();
  fakeMedia(() => Promise.resolve(stream));
  draw(null, { sources: ["webcam"] });
  await fireEvent.click(await screen.findByRole("button", { name: "Click to Access Webcam" }));
  expect(await screen.findByRole("button", { name: "Take a photo" })).toBeTruthy();
  const select = screen.getByRole<HTMLSelectElement>("combobox", { name: "Select input device" });
  expect([...select.options].map(({ text }) => text.trim())).toEqual(["Front", "Camera 2"]);
  expect(screen.getByTestId("webcam-video").classList.contains("flip")).toBe(true);
  await fireEvent.click(screen.getByRole("button", { name: "Turn the camera off" }));
  expect(stop).toHaveBeenCalledOnce();
});

test("an empty clipboard is explained", async () => {
  vi.stubGlobal("navigator", { ...navigator, clipboard: { read: () => Promise.resolve([]) } });
  draw(null);
  await fireEvent.click(screen.getByRole("button", { name: "Paste from clipboard" }));
  expect((await screen.findByRole("alert")).textContent).toContain("The clipboard has no image.");
});

test("a file dropped on a picture takes its place", async () => {
  const host = draw({ ...cat, path: "h/dog.png" });
  await fireEvent.drop(screen.getByTestId("image"), { dataTransfer: { files: [file], types: ["Files"] } });
  await vi.waitFor(() => expect(host.value).toEqual(cat));
});
