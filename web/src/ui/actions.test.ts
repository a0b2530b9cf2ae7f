import { expect, test } from "vitest";
import { chosen, type Action } from "./actions";
import { stubHost } from "./stub";

const ACTIONS: readonly Action[] = [
  { name: "download", label: "Download", icon: "download" },
  { name: "share", label: "Share", icon: "share", optional: true },
  { name: "clear", label: "Clear", icon: "close", always: true },
];

function keys(buttons?: readonly (string | number)[]): string[] {
  const button = stubHost({ name: "button", elem_id: "more" }, { id: 9, value: "More" });
  const host = stubHost({ name: "image", buttons }, { block: (id) => (id === 9 ? button : null) });
  return chosen(host as never, ACTIONS).map((item) => item.key);
}

test("without `buttons` all but the optional ones are drawn", () => {
  expect(keys()).toEqual(["action-download", "action-clear"]);
});

test("`buttons` chooses and orders; what is always there comes last", () => {
  expect(keys(["share", 9, "download"])).toEqual([
    "action-share",
    "block-9",
    "action-download",
    "action-clear",
  ]);
  expect(keys([])).toEqual(["action-clear"]);
});

test("unknown names and blocks are left out", () => {
  expect(keys(["nothing", 12])).toEqual(["action-clear"]);
});
