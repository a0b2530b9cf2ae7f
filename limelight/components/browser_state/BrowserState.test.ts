import { render } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { released } from "$ui/held";
import { type Fake, fakeHost } from "$ui/testing";
import BrowserState from "./BrowserState.svelte";
import type { BrowserStateProps } from "./browser_state.gen";
import { seal, unseal } from "./seal";

type StateHost = Fake<BrowserStateProps, unknown>;

function draw(props: Partial<BrowserStateProps> = {}): StateHost {
  const host = fakeHost<BrowserStateProps>({
    name: "browserstate",
    storage_key: "k",
    secret: "s",
    default_value: { visits: 0 },
    ...props,
  });
  render(BrowserState, { host });
  return host;
}

const stored = (): string | null => localStorage.getItem("k");

/** The value in storage, as soon as there is one that `unseal` takes. */
const inStorage = async (): Promise<unknown> => JSON.parse(await unseal(stored() ?? "", "s", "k"));

function plainHttp(): void {
  vi.stubGlobal("crypto", { getRandomValues: crypto.getRandomValues.bind(crypto) });
}

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each([true, false])("a sealed text opens with the same secret and name only (TLS: %s)", async (tls) => {
  if (!tls) plainHttp();
  const sealed = await seal("grüße\n{}", "s", "k");
  expect(await unseal(sealed, "s", "k")).toBe("grüße\n{}");
  expect(sealed.includes("grüße")).toBe(!tls);
  await expect(unseal(sealed, "other", "k")).rejects.toThrow();
  await expect(unseal(sealed, "s", "other")).rejects.toThrow();
  for (const broken of ["", "x", "g1.", "p1.", "p1.0.x", `${sealed.slice(0, -2)}AA`, sealed.slice(0, 8)]) {
    await expect(unseal(broken, "s", "k")).rejects.toThrow();
  }
});

test("equal texts are sealed to different ones", async () => {
  expect(await seal("a", "s", "k")).not.toBe(await seal("a", "s", "k"));
});

test("the page waits for the stored value", async () => {
  localStorage.setItem("k", await seal('{"visits":3}', "s", "k"));
  const host = draw();
  expect(host.value).toBeNull();
  await released();
  expect(host.value).toEqual({ visits: 3 });
});

test.each(["nothing", "rubbish", "another secret", "no JSON"])("with %s stored it holds a copy of the default", async (what) => {
  if (what === "rubbish") localStorage.setItem("k", "U2FsdGVk");
  if (what === "another secret") localStorage.setItem("k", await seal("1", "old", "k"));
  if (what === "no JSON") localStorage.setItem("k", await seal("{", "s", "k"));
  const default_value = { visits: 0 };
  const host = draw({ default_value });
  await released();
  expect(host.value).toEqual({ visits: 0 });
  expect(host.value).not.toBe(default_value);
});

test("a change is stored, null takes the value out", async () => {
  const host = draw();
  await released();
  host.put({ visits: 1 });
  await vi.waitFor(async () => expect(await inStorage()).toEqual({ visits: 1 }));
  host.put(null);
  await vi.waitFor(() => expect(stored()).toBeNull());
});

test("the last of many changes is the one that stays", async () => {
  const host = draw();
  await released();
  for (let visits = 0; visits < 20; visits += 1) {
    host.put({ visits });
    await Promise.resolve();
  }
  await vi.waitFor(async () => expect(await inStorage()).toEqual({ visits: 19 }));
});

test("what another tab stores is taken over, and not stored again", async () => {
  const host = draw();
  await released();
  await vi.waitFor(() => expect(stored()).not.toBeNull());
  const newValue = await seal('{"visits":9}', "s", "k");
  localStorage.setItem("k", newValue);
  window.dispatchEvent(new StorageEvent("storage", { key: "k", newValue }));
  await vi.waitFor(() => expect(host.value).toEqual({ visits: 9 }));
  await new Promise((done) => setTimeout(done, 20));
  expect(stored()).toBe(newValue);
  window.dispatchEvent(new StorageEvent("storage", { key: "k", newValue: "rubbish" }));
  window.dispatchEvent(new StorageEvent("storage", { key: "k", newValue: null }));
  await new Promise((done) => setTimeout(done, 20));
  expect(host.value).toEqual({ visits: 9 });
});

test.each(["full", "forbidden"])("a storage that is %s breaks nothing", async (what) => {
  const warn = vi.spyOn(console, "warn").mockReturnValue();
  const fail = (): never => {
    throw new DOMException("no", what === "full" ? "QuotaExceededError" : "SecurityError");
  };
  if (what === "full") vi.spyOn(Storage.prototype, "setItem").mockImplementation(fail);
  else vi.spyOn(window, "localStorage", "get").mockImplementation(fail);
  const host = draw();
  await released();
  expect(host.value).toEqual({ visits: 0 });
  host.put(5);
  await new Promise((done) => setTimeout(done, 20));
  expect(host.value).toBe(5);
  expect(warn.mock.calls.length).toBe(what === "full" ? 2 : 0);
});
