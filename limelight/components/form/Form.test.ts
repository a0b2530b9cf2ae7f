import { render } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Form from "./Form.svelte";

test("there is no frame around controls that cannot be seen", async () => {
  const control = fakeHost<{ name: string; visible: boolean | "hidden" }>({
    name: "textbox",
    visible: "hidden",
  });
  const host = fakeHost({ name: "form", scale: 3, min_width: 320 }, null, {
    children: [control] as unknown as Host[],
    parent: fakeHost({ name: "row" }, null, { tag: "row" }) as unknown as Host,
  });
  render(Form, { props: { host }, context: nodeContext() });
  const form = document.querySelector<HTMLElement>(".form")!;
  expect(form.classList.contains("hidden")).toBe(true);
  expect([form.style.flexGrow, form.style.minWidth]).toEqual(["3", "min(320px, 100%)"]);
  control.update({ visible: true });
  await tick();
  expect(form.classList.contains("hidden")).toBe(false);
});
