import { expect, test } from "vitest";
import { field } from "./field";
import { IDLE, stubHost } from "./stub";

test("ids follow from the host and describe only what is there", () => {
  const own = field(stubHost({ name: "textbox", label: "Name" }, { id: 7 }));
  expect(own.id).toBe("field-7");
  expect(own.labelId).toBe("field-7-label");
  expect(own.control).toEqual({
    id: "field-7",
    "aria-describedby": undefined,
    "aria-invalid": undefined,
  });
});

test("an error is read before the info", () => {
  const status = { ...IDLE, validation: "Too short" };
  const own = field(stubHost({ name: "textbox", info: "At least 3" }, { id: 7, status }));
  expect(own.error).toBe("Too short");
  expect(own.control["aria-describedby"]).toBe("field-7-error field-7-info");
  expect(own.control["aria-invalid"]).toBe("true");
});

test("without a label the component is named by its kind", () => {
  expect(field(stubHost({ name: "textbox" })).label).toBe("Textbox");
  expect(field(stubHost({ name: "json" }, { tag: "json" })).label).toBe("JSON");
  expect(field(stubHost({ name: "textbox", label: "" })).label).toBe("");
});

test("a label is hidden by show_label, and by default without a container", () => {
  expect(field(stubHost({ name: "textbox" })).showLabel).toBe(true);
  expect(field(stubHost({ name: "textbox", show_label: false })).showLabel).toBe(false);
  expect(field(stubHost({ name: "textbox", container: false })).showLabel).toBe(false);
  expect(field(stubHost({ name: "textbox", container: false, show_label: true })).showLabel).toBe(true);
});
