import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Opening } from "./opening.svelte";

let field: HTMLInputElement;
let popup: HTMLButtonElement;
let opening: Opening<string>;
let arrive: () => void;
let heard: string[];

/** A real key press: the capturing listener first, then whoever has the focus. */
const press = (key: string, shiftKey = false): boolean =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, shiftKey, bubbles: true, cancelable: true }),
  );
const settled = (): Promise<unknown> => new Promise((done) => setTimeout(done));

beforeEach(() => {
  const box = document.createElement("div");
  field = box.appendChild(document.createElement("input"));
  popup = box.appendChild(document.createElement("button"));
  document.body.append(box);
  heard = [];
  field.addEventListener("keydown", ({ key }) => heard.push(`field ${key}`));
  popup.addEventListener("keydown", ({ key, shiftKey }) => heard.push(`popup ${shiftKey ? "Shift+" : ""}${key}`));
  const loaded = new Promise<{ default: string }>((resolve) => {
    arrive = () => {
      popup.focus(); // as a popup does when it is drawn
      resolve({ default: "part" });
    };
  });
  opening = new Opening(() => loaded, () => field);
  box.addEventListener("keydown", opening.keydowncapture, { capture: true });
  box.addEventListener("keydown", opening.keydown);
  field.focus();
});

afterEach(() => document.body.replaceChildren());

describe("a popup that is still being loaded", () => {
  test("gets the keys that were pressed for it, in their order", async () => {
    opening.open();
    expect([press("PageDown", true), press("Home"), press("Enter")]).toEqual([false, false, false]);
    arrive();
    await settled();
    expect(heard).toEqual(["popup Shift+PageDown", "popup Home", "popup Enter"]);
    press("End");
    expect(heard.at(-1)).toBe("popup End");
  });

  test("gets none that were pressed before Escape closed it", async () => {
    opening.open();
    press("Home");
    press("Escape");
    expect([opening.isOpen, document.activeElement]).toEqual([false, field]);
    arrive();
    await settled();
    expect(heard).toEqual(["field Escape"]);
  });

  test("leaves Tab to the page, and all keys while it is closed", () => {
    expect(press("a")).toBe(true);
    opening.open();
    expect([press("Tab"), heard]).toEqual([true, ["field a", "field Tab"]]);
  });
});
