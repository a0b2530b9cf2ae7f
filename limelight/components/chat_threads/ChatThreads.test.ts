import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import ChatThreads from "./ChatThreads.svelte";
import type { ChatThreadsProps } from "./chat_threads.gen";
import { groupOf, grouped, named, naming, type Thread } from "./threads";

const NOON = new Date(2026, 4, 20, 12).getTime();
const DAY = 86_400;

const thread = (id: string, more: Partial<Thread> = {}): Thread => ({
  id,
  title: id,
  updated: NOON / 1_000,
  pinned: false,
  archived: false,
  share: null,
  ...more,
});

describe("conversations as data", () => {
  test.each([
    [0, "today"],
    [1, "yesterday"],
    [3, "week"],
    [30, "older"],
  ])("%i days ago is %s", (days, group) => {
    expect(groupOf(thread("a", { updated: NOON / 1_000 - days * DAY }), NOON)).toBe(group);
  });

  test("what is pinned stands first, and groups without any are left away", () => {
    const old = thread("old", { updated: 0, pinned: true });
    expect(grouped([thread("new"), old], NOON)).toEqual([
      { group: "pinned", threads: [old] },
      { group: "today", threads: [thread("new")] },
    ]);
  });

  test("the address names what is open, and keeps the rest of itself", () => {
    const address = "https://a.b/app?theme=x#top";
    expect(naming(address, "t1")).toBe("https://a.b/app?theme=x&thread=t1#top");
    expect(naming(naming(address, "t1"), "shared:s")).toBe("https://a.b/app?theme=x&shared=s#top");
    expect(naming(naming(address, "t1"), null)).toBe(address);
    expect([address, naming(address, "t1"), naming(address, "shared:s")].map(named)).toEqual([null, "t1", "shared:s"]);
  });
});

type Asked = Record<string, unknown> & { action: string };

describe("the list", () => {
  let asked: Asked[];
  let told: Record<string, unknown>;

  beforeEach(() => {
    vi.useFakeTimers({ now: NOON });
    asked = [];
    told = { list: { threads: [thread("Tides"), thread("Moon", { pinned: true, share: "s" })], more: false } };
  });
  afterEach(() => {
    vi.useRealTimers();
    history.replaceState(null, "", "/");
  });

  async function settle(ms = 0): Promise<void> {
    await vi.advanceTimersByTimeAsync(ms);
    await tick();
  }

  async function draw(value: string | null = null, props: Partial<ChatThreadsProps> = {}): Promise<Fake<ChatThreadsProps, string | null>> {
    const host = fakeHost<ChatThreadsProps, string | null>({ name: "chatthreads", ...props }, value, {
      call: (name, data) => {
        expect(name).toBe("threads");
        asked.push(data as Asked);
        return Promise.resolve(told[(data as Asked).action] ?? null);
      },
    });
    render(ChatThreads, { host });
    await settle();
    return host;
  }

  const rows = () => [...document.querySelectorAll<HTMLElement>("[data-thread]")];
  const menu = () => within(screen.getByRole("menu"));
  const last = () => asked.findLast(({ action }) => action !== "list");

  async function choose(title: string, action: string): Promise<void> {
    await fireEvent.click(screen.getByRole("button", { name: `Actions for ${title}` }));
    await settle();
    await fireEvent.click(menu().getByRole("menuitem", { name: action }));
    await settle();
  }

  test("has one row in the order of Tab, and arrow keys go on from it", async () => {
    await draw("Tides");
    expect(rows().map(({ textContent, tabIndex }) => [textContent.trim(), tabIndex])).toEqual([["Moon", -1], ["Tides", 0]]);
    expect(rows()[1]?.getAttribute("aria-current")).toBe("page");
    rows()[1]?.focus();
    await fireEvent.keyDown(rows()[1] as HTMLElement, { key: "Home" });
    await settle();
    expect(document.activeElement).toBe(rows()[0]);
    expect(rows().map(({ tabIndex }) => tabIndex)).toEqual([0, -1]);
  });

  test("opens what is pressed, and the address follows", async () => {
    const host = await draw();
    await fireEvent.click(rows()[1] as HTMLElement);
    expect(host.written).toEqual(["Tides"]);
    expect(host.dispatched).toEqual([{ event: "input", data: undefined }]);
    await settle();
    expect(location.search).toBe("?thread=Tides");
    await fireEvent.click(screen.getByRole("button", { name: "New chat" }));
    expect(host.written).toEqual(["Tides", null]);
  });

  test("opens what the address names at first", async () => {
    history.replaceState(null, "", "/?shared=abc");
    const host = await draw();
    expect(host.written).toEqual(["shared:abc"]);
    told["fork"] = "copied";
    await fireEvent.click(screen.getByRole("button", { name: "Copy to my chats" }));
    await settle();
    expect(last()).toEqual({ action: "fork", token: "abc" });
    expect(host.value).toBe("copied");
  });

  test("is searched once the reader has written", async () => {
    await draw();
    const before = asked.length;
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "m" } });
    await fireEvent.input(screen.getByRole("searchbox"), { target: { value: "moon" } });
    told["list"] = { threads: [], more: false };
    await settle(200);
    expect(asked.slice(before)).toEqual([{ action: "list", query: "moon", archived: false, start: 0 }]);
    expect(screen.getByText("No chat was found.")).toBeTruthy();
  });

  test("renames, and a name that stays is not sent", async () => {
    await draw();
    await choose("Tides", "Rename");
    await fireEvent.input(screen.getByLabelText("Title of the chat"), { target: { value: "Ebb" } });
    await fireEvent.keyDown(screen.getByLabelText("Title of the chat"), { key: "Enter" });
    await settle();
    expect(last()).toEqual({ action: "rename", id: "Tides", title: "Ebb" });
    asked = [];
    await choose("Moon", "Rename");
    await fireEvent.keyDown(screen.getByLabelText("Title of the chat"), { key: "Escape" });
    await settle();
    expect(asked).toEqual([]);
  });

  test("deletes after a question, and brings back for a while", async () => {
    const host = await draw("Tides");
    rows()[1]?.focus();
    await fireEvent.keyDown(rows()[1] as HTMLElement, { key: "Delete" });
    await settle();
    await fireEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Delete" }));
    await settle();
    expect(last()).toEqual({ action: "delete", id: "Tides" });
    expect(host.value).toBe(null);
    await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
    await settle();
    expect(last()).toEqual({ action: "restore", id: "Tides" });
    expect(screen.queryByRole("button", { name: "Undo" })).toBe(null);
  });

  test("unpins, and shares by a link that can be revoked", async () => {
    await draw();
    await choose("Moon", "Unpin");
    expect(last()).toEqual({ action: "pin", id: "Moon", on: false });
    told["share"] = "token";
    await choose("Moon", "Share");
    expect(screen.getByLabelText<HTMLInputElement>("Link to the chat").value).toContain("?shared=token");
    await fireEvent.click(screen.getByRole("button", { name: "Revoke the link" }));
    await settle();
    expect(last()).toEqual({ action: "unshare", id: "Moon" });
    expect(screen.queryByRole("dialog")).toBe(null);
  });

  test("opens a copy that is made", async () => {
    const host = await draw("Tides");
    told["fork"] = "copied";
    await choose("Moon", "Make a copy");
    expect(last()).toEqual({ action: "fork", id: "Moon" });
    expect(host.value).toBe("copied");
  });

  test("only opens conversations where it is not interactive", async () => {
    await draw("Tides", { interactive: false });
    expect(screen.queryByRole("button", { name: "More" })).toBe(null);
    await fireEvent.keyDown(rows()[0] as HTMLElement, { key: "Delete" });
    await settle();
    expect(screen.queryByRole("dialog")).toBe(null);
  });
});
