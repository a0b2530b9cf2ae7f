import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { ApiInfo, FooterProps } from "./footer";
import Footer from "./Footer.svelte";

const INFO: ApiInfo = {
  named_endpoints: {
    "/greet": {
      description: "Say hello.",
      parameters: [
        {
          label: "Name",
          parameter_name: "name",
          parameter_has_default: false,
          parameter_default: null,
          type: { type: "string" },
          python_type: { type: "str", description: "" },
          component: "Textbox",
          example_input: "Hello!!",
        },
      ],
      returns: [
        {
          label: "Greeting",
          type: { type: "string" },
          python_type: { type: "str", description: "" },
          component: "Textbox",
        },
      ],
    },
  },
};

function draw(members: Partial<FooterProps> = {}): void {
  render(Footer, {
    config: {
      components: [{ id: 1, skip_api: true }, { id: 2 }],
      dependencies: [{ api_name: "greet", inputs: [1, 2] }],
    },
    info: () => Promise.resolve(INFO),
    values: (id) => (id === 2 ? "Ann" : undefined),
    root: "http://localhost:7860/",
    ...members,
  });
}

test("the documentation shows a call with the values on the page, in each language", async () => {
  draw();
  await fireEvent.click(screen.getByRole("button", { name: "Use via API logo" }));
  const dialog = await screen.findByRole("dialog", { name: "API documentation" });
  const code = await within(dialog).findByRole("region", { name: "/greet, python" });
  expect(code.textContent).toContain('name="Ann",');
  await fireEvent.click(within(dialog).getByRole("tab", { name: "curl" }));
  expect(within(dialog).getByRole("region", { name: "/greet, bash" }).textContent).toContain(
    `'{"data":["Ann"]}'`,
  );
  await fireEvent.click(within(dialog).getByRole("button", { name: "Close" }));
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("arrow keys move between the languages", async () => {
  draw();
  await fireEvent.click(screen.getByRole("button", { name: "Use via API logo" }));
  const tab = await screen.findByRole("tab", { name: "Python" });
  await fireEvent.keyDown(tab, { key: "ArrowLeft" });
  expect(screen.getByRole("tab", { name: "curl" }).getAttribute("aria-selected")).toBe("true");
});

test("settings offer theme and language", async () => {
  const setTheme = vi.fn();
  const setLocale = vi.fn();
  draw({
    settings: {
      theme: "system",
      setTheme,
      locale: "en",
      locales: ["en", "de"],
      setLocale,
    },
  });
  await fireEvent.click(screen.getByRole("button", { name: "Settings" }));
  const dialog = await screen.findByRole("dialog", { name: "Settings" });
  await fireEvent.click(within(dialog).getByRole("radio", { name: "Dark" }));
  expect(setTheme).toHaveBeenCalledWith("dark");
  const language = within(dialog).getByLabelText("Language");
  await fireEvent.change(language, { target: { value: "de" } });
  expect(setLocale).toHaveBeenCalledWith("de");
});

test("the author's links decide, and unsafe ones are left out", () => {
  draw({
    config: {
      components: [],
      dependencies: [],
      footer_links: ["gradio", { label: "Imprint", url: "/imprint" }, { label: "Bad", url: "javascript:x" }],
    },
  });
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["Imprint"]);
  expect(screen.getByText("Built with Limelight")).toBeTruthy();
});
