import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeHost } from "$ui/testing";
import Button from "./Button.svelte";

function draw(props: Record<string, unknown> = {}, interactive = true) {
  const host = fakeHost({ name: "button", ...props }, "Run", { tag: "button", interactive });
  render(Button, { host });
  return host;
}

test("a click is told; classes say what it looks like", async () => {
  const host = draw({ variant: "primary", size: "sm", elem_id: "go", elem_classes: ["mine"] });
  const button = screen.getByRole("button", { name: "Run" });
  expect(button.id).toBe("go");
  expect([...button.classList]).toEqual(expect.arrayContaining(["primary", "sm", "mine"]));
  await fireEvent.click(button);
  expect(host.dispatched).toEqual([{ event: "click", data: undefined }]);
});

test("one that cannot be pressed is disabled", () => {
  draw({}, false);
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(true);
});

test("with an address it is a link", () => {
  draw({ link: "https://example.com", link_target: "_blank" });
  const link = screen.getByRole<HTMLAnchorElement>("link", { name: "Run" });
  expect([link.href, link.target, link.rel]).toEqual([
    "https://example.com/",
    "_blank",
    "noopener noreferrer",
  ]);
});

test("an address that cannot be followed leads nowhere", () => {
  draw({ link: "https://example.com" }, false);
  const link = screen.getByRole("link", { name: "Run" });
  expect([link.getAttribute("aria-disabled"), link.hasAttribute("href")]).toEqual(["true", false]);
});
