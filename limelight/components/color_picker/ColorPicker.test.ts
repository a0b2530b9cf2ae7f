import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import "$ui/more";
import { fromHsv, parse, toHex, toHsv, write } from "./color";
import type { ColorPickerProps } from "./color_picker.gen";
import ColorPicker from "./ColorPicker.svelte";

type ColorHost = Fake<ColorPickerProps, string | null>;

function draw(value: string | null = "#ff7a00", props: Partial<ColorPickerProps> = {}, interactive = true): ColorHost {
  const host = fakeHost<ColorPickerProps, string | null>(
    { name: "colorpicker", label: "Wall", ...props },
    value,
    { interactive },
  );
  render(ColorPicker, { host });
  return host;
}

const button = (): HTMLElement => screen.getByRole("button", { name: "Wall" });
const area = (): HTMLElement => screen.getByRole("slider", { name: "Saturation and brightness" });
const hue = (): HTMLInputElement => screen.getByRole("slider", { name: "Hue" });
const typed = (): HTMLInputElement => screen.getByRole("textbox", { name: "Colour as text" });
const events = (host: ColorHost): string[] => host.dispatched.map(({ event }) => event);

async function open(): Promise<void> {
  await fireEvent.click(button());
  await vi.waitFor(area);
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["#FF7A00", "#ff7a00"],
  ["ff7a00", "#ff7a00"],
  ["#f70", "#ff7700"],
  ["#f708", "#ff770088"],
  ["#ff7a0080", "#ff7a0080"],
  ["rgb(255, 122, 0)", "#ff7a00"],
  ["rgb(255 122 0 / 50%)", "#ff7a0080"],
  ["rgba(100%, 0%, 0%, 0.5)", "#ff000080"],
  ["hsl(120, 100%, 25%)", "#008000"],
  ["hsl(-240deg 100% 25% / 1)", "#008000"],
  ["  #000  ", "#000000"],
  ["rgb(999, -5, 0)", "#ff0000"],
])("%s is the colour %s", (text, hex) => {
  const color = parse(text);
  expect(color && toHex(color)).toBe(hex);
});

test.each(["", "#", "#12", "#12345", "#1234567", "#ggg", "rgb(1, 2)", "rgb(1, 2, 3, 4, 5)", "rgb(a, b, c)", "red"])(
  "%j is no colour as numbers",
  (text) => expect(parse(text)).toBeNull(),
);

// Reading in the square of the length would outlast the tests' time limit; so below, and in other files.
test("a long text is refused in time that grows with its length", () => {
  expect(parse(`rgb(${" ".repeat(2_000_000)}`)).toBeNull();
});

test("every colour survives the way to brightness and back, and every notation", () => {
  for (let at = 0; at < 4096; at += 7) {
    const hex = `#${(at * 4096 + at).toString(16).padStart(6, "0")}`;
    const color = parse(hex)!;
    expect(toHex(fromHsv(toHsv(color)))).toBe(hex);
    expect(parse(write(color, "rgb"))).toEqual(color);
  }
  expect(write(parse("#ff7a0080")!, "hsl")).toBe("hsla(29, 100%, 50%, 0.5)");
});

test("the button names the colour and opens a dialog; Escape closes it", async () => {
  const host = draw();
  expect(button().getAttribute("aria-expanded")).toBe("false");
  const description = document.getElementById(button().getAttribute("aria-describedby") ?? "");
  expect(description?.textContent).toBe("#ff7a00");
  await open();
  expect(screen.getByRole("dialog", { name: "Choose a colour: Wall" })).toBeTruthy();
  expect(document.activeElement).toBe(area());
  await fireEvent.keyDown(area(), { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(button());
  expect(host.written).toEqual([]);
});

test("arrow keys move saturation and brightness; letting go is a release", async () => {
  const host = draw("#ff0000");
  await open();
  await fireEvent.keyDown(area(), { key: "ArrowLeft", shiftKey: true });
  expect(host.value).toBe("#ff1919");
  await fireEvent.keyDown(area(), { key: "PageDown" });
  expect(host.value).toBe("#e61717");
  expect(area().getAttribute("aria-valuetext")).toBe("Saturation 90 %, brightness 90 %");
  await fireEvent.keyUp(area(), { key: "PageDown" });
  expect(events(host).filter((event) => event !== "focus")).toEqual(["input", "input", "release"]);
});

test("black and grey keep their hue", async () => {
  const host = draw("#0000ff");
  await open();
  for (let n = 0; n < 10; n++) await fireEvent.keyDown(area(), { key: "PageDown" });
  expect(host.value).toBe("#000000");
  expect(hue().value).toBe("240");
  for (let n = 0; n < 10; n++) await fireEvent.keyDown(area(), { key: "PageUp" });
  expect(host.value).toBe("#0000ff");
  host.put("#00ff00");
  await Promise.resolve();
  expect(hue().value).toBe("120");
});

test("a point of the area is a colour", async () => {
  const host = draw("#ff0000");
  await open();
  vi.spyOn(area(), "getBoundingClientRect").mockReturnValue(new DOMRect(10, 10, 200, 100));
  await fireEvent.pointerDown(area(), { clientX: 110, clientY: 60, button: 0, buttons: 1 });
  expect(host.value).toBe("#804040");
  await fireEvent.pointerMove(area(), { clientX: 900, clientY: -900, buttons: 1 });
  expect(host.value).toBe("#ff0000");
  await fireEvent.pointerUp(area());
  expect(host.dispatched.at(-1)).toEqual({ event: "release", data: "#ff0000" });
});

test("the line of hues turns the colour", async () => {
  const host = draw("#ff0000");
  await open();
  await fireEvent.input(hue(), { target: { value: "120" } });
  await fireEvent.change(hue());
  expect(host.value).toBe("#00ff00");
  expect(events(host).slice(-2)).toEqual(["input", "release"]);
});

test("opacity can be chosen only where the app asks for it", async () => {
  const host = draw("#ff000080", { alpha: true });
  await open();
  const alpha = screen.getByRole<HTMLInputElement>("slider", { name: "Opacity" });
  expect(alpha.value).toBe("50");
  await fireEvent.input(alpha, { target: { value: "25" } });
  expect(host.value).toBe("#ff000040");
});

test("without it what is chosen is opaque", async () => {
  const host = draw("#ff000080");
  await open();
  expect(screen.queryByRole("slider", { name: "Opacity" })).toBeNull();
  await fireEvent.input(hue(), { target: { value: "120" } });
  expect(host.value).toBe("#00ff00");
});

test("a typed colour counts when complete; Enter submits", async () => {
  const host = draw("#000000");
  await open();
  await fireEvent.input(typed(), { target: { value: "#f70" } });
  expect(host.value).toBe("#000000");
  await fireEvent.input(typed(), { target: { value: "#f70000" } });
  expect(host.value).toBe("#f70000");
  await fireEvent.input(typed(), { target: { value: "#0f0" } });
  await fireEvent.keyDown(typed(), { key: "Enter" });
  expect([host.value, typed().value]).toEqual(["#00ff00", "#00ff00"]);
  expect(events(host).slice(-3)).toEqual(["input", "release", "submit"]);
});

test("what is no colour is named as such and never sent", async () => {
  const host = draw("#000000");
  await open();
  await fireEvent.input(typed(), { target: { value: "#12" } });
  expect(typed().getAttribute("aria-invalid")).toBeNull();
  await fireEvent.keyDown(typed(), { key: "Enter" });
  expect(typed().getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText(/This is no colour/)).toBeTruthy();
  expect([host.written, events(host).includes("submit")]).toEqual([[], false]);
});

test("the notation can be changed", async () => {
  draw("#ff7a00");
  await open();
  const format = screen.getByRole("combobox", { name: "Notation" });
  await fireEvent.change(format, { target: { value: "rgb" } });
  expect(typed().value).toBe("rgb(255, 122, 0)");
  await fireEvent.change(format, { target: { value: "hsl" } });
  expect(typed().value).toBe("hsl(29, 100%, 50%)");
});

test("a colour is taken from the screen where the browser can", async () => {
  vi.stubGlobal("EyeDropper", class {
    open(): Promise<{ sRGBHex: string }> {
      return Promise.resolve({ sRGBHex: "#123456" });
    }
  });
  const host = draw("#000000");
  await open();
  await fireEvent.click(screen.getByRole("button", { name: "Pick a colour from the screen" }));
  await vi.waitFor(() => expect(host.value).toBe("#123456"));
});

test("without a dropper in the browser there is no button for it", async () => {
  draw();
  await open();
  expect(screen.getAllByRole("button")).toHaveLength(1);
});

test("no value is no colour; the first move begins at black", async () => {
  const host = draw(null);
  expect(screen.getByText("No colour")).toBeTruthy();
  await open();
  await fireEvent.keyDown(area(), { key: "PageUp" });
  expect(host.value).toBe("#1a1a1a");
});

test("focus and blur are told once for the whole", async () => {
  const host = draw();
  button().focus();
  await open();
  typed().focus();
  expect(events(host)).toEqual(["focus"]);
  typed().blur();
  expect(events(host)).toEqual(["focus", "blur"]);
  await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("an output shows its colour and opens nothing", () => {
  draw("#ff7a00", {}, false);
  const field = screen.getByLabelText<HTMLInputElement>("Wall");
  expect([field.value, field.disabled]).toEqual(["#ff7a00", true]);
  expect(screen.queryByRole("button")).toBeNull();
});
