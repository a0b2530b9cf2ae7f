import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test } from "vitest";
import { fakeHost } from "$ui/testing";
import { linksOf, pagesOf } from "./links";
import Navbar from "./Navbar.svelte";

afterEach(() => document.body.replaceChildren());

function page(bar = ""): HTMLElement {
  document.body.innerHTML = `<div class="gradio-container">${bar}<main></main></div>`;
  return document.querySelector("main") as HTMLElement;
}

const BAR = `<nav aria-label="Pages"><a href="./" aria-current="page">Home</a><a href="./other">Other</a></nav>`;

function draw(target: HTMLElement, value: [string, string][] | null, props: Record<string, unknown> = {}) {
  const host = fakeHost<Record<string, unknown>, unknown>({ name: "navbar", ...props }, value);
  const drawn = render(Navbar, { target, props: { host: host as never } });
  return { host, drawn };
}

const shown = (): string[] =>
  [...document.querySelectorAll("nav:not([style*=none]) a")].map((a) => `${a.textContent} ${a.getAttribute("href") ?? ""}`);

test("it takes the place of the shell's bar, and gives it back", async () => {
  const { drawn } = draw(page(BAR), [["Manual", "https://example.com"]], { main_page_name: "Start" });
  await tick();
  expect(shown()).toEqual(["Start ./", "Other ./other", "Manual https://example.com"]);
  expect(screen.getByRole("link", { name: "Start" }).getAttribute("aria-current")).toBe("page");
  expect(screen.getByRole<HTMLAnchorElement>("link", { name: "Manual" }).target).toBe("_blank");
  expect(screen.getByRole("navigation").nextElementSibling?.tagName).toBe("NAV"); // the shell's, which is hidden
  drawn.unmount();
  expect(shown()).toEqual(["Home ./", "Other ./other"]);
});

test("on an app of one page it has that page and the author's links", async () => {
  const { host } = draw(page(), null);
  await tick();
  expect(shown()).toEqual([]);
  host.put([["Help", "/help"]]);
  await tick();
  expect(shown()).toEqual(["Home ./", "Help ./help"]);
});

test("hidden, there is no bar at all", async () => {
  const { host } = draw(page(BAR), null, { visible: "hidden" });
  await tick();
  expect(shown()).toEqual([]);
  host.update({ visible: true });
  await tick();
  expect(shown()).toHaveLength(2);
});

test("the main page can be left away; scripts are no addresses", () => {
  document.body.innerHTML = BAR;
  const pages = pagesOf(document.querySelector("nav"));
  const further: [string, string][] = [["bad", "javascript:alert(1)"], ["mail", "mailto:a@b.c"], ["far", "//x.org/a"]];
  expect(linksOf(pages, false, further).map(({ href, isExternal }) => [href, isExternal])).toEqual([
    ["./other", false],
    ["mailto:a@b.c", false],
    ["//x.org/a", true],
  ]);
});
