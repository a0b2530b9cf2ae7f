import { fireEvent, render, screen } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { expect, test } from "vitest";
import Toasts from "./Toasts.svelte";
import { Toaster } from "./toaster.svelte";

function draw(): Toaster {
  const toaster = new Toaster();
  render(Toasts, { toaster });
  return toaster;
}

function push(toaster: Toaster, ...args: Parameters<Toaster["push"]>): void {
  toaster.push(...args);
  flushSync();
}

test("an error is an alert with title, text and a link", () => {
  push(draw(), "error", "No <b>memory</b>.\nSee [help](/help).", { duration_s: null });
  const body = screen.getByTestId("toast-body");
  expect(body.classList.contains("error")).toBe(true);
  expect(body.getAttribute("role")).toBe("alert");
  expect(screen.getByTestId("toast-title").textContent).toContain("Error");
  expect(screen.getByTestId("toast-text").textContent.replace(/\s+/g, " ").trim()).toBe(
    "No memory. See help.",
  );
  expect(screen.getByRole("link", { name: "help" }).getAttribute("href")).toBe("/help");
});

test("information is a status, under its own title", () => {
  push(draw(), "info", "Saved", { title: "Done" });
  expect(screen.getByTestId("toast-body").getAttribute("role")).toBe("status");
  expect(screen.getByTestId("toast-title").textContent.trim()).toBe("Done");
});

test("a title that only names the level is in the reader's language", () => {
  const toaster = new Toaster();
  render(Toasts, { toaster, t: (key: string) => (key === "ui.warning" ? "Warnung" : key) });
  push(toaster, "warning", "Achtung", { title: "Warning" });
  expect(screen.getByTestId("toast-title").textContent.trim()).toBe("Warnung");
});

test("markup that is not ours stays text", () => {
  push(draw(), "info", "<img src=x onerror=alert(1)><script>x</script>");
  expect(screen.getByTestId("toast-text").querySelector("img, script")).toBeNull();
});

test("the button and Escape close", async () => {
  const toaster = draw();
  push(toaster, "info", "one");
  push(toaster, "info", "two");
  await fireEvent.keyDown(window, { key: "Escape" });
  expect(toaster.items.map((toast) => toast.message)).toEqual(["one"]);
  await fireEvent.click(screen.getByTestId("toast-close"));
  expect(screen.queryByTestId("toast-body")).toBeNull();
});

test("the pointer over the stack pauses it", async () => {
  const toaster = draw();
  push(toaster, "info", "one");
  const stack = screen.getByRole("region", { name: "Notifications" });
  await fireEvent.pointerEnter(stack);
  expect(toaster.paused).toBe(true);
  await fireEvent.pointerLeave(stack);
  expect(toaster.paused).toBe(false);
});
