import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, nodeContext, type Fake } from "$ui/testing";
import { artifactText, fenced, safeUrl, versionsOf } from "./artifacts";
import Chatbot from "./Chatbot.svelte";
import type { ChatbotProps } from "./chatbot.gen";
import { follows, isAtEnd } from "./following.svelte";
import { Grouper } from "./grouping";
import { late } from "./late.svelte";
import type { Message, Metadata } from "./messages";
import { Speaker } from "./speaking";
import { dataText, isUnfolded, lasting, usageTexts } from "./steps";
import { answerOf, transcript, withSources } from "./text";

type Value = readonly Message[] | null;

const say = (role: Message["role"], text: string, metadata: Metadata | null = null): Message => ({
  role,
  metadata,
  content: [{ type: "text", text }],
  options: null,
});
const TALK = [say("user", "Hello"), say("assistant", "Hi. **You**"), say("user", "Bye"), say("assistant", "See you")];
const HEARD = ["retry", "undo", "like", "edit", "action"];

beforeAll(() => vi.waitFor(() => expect(late.get("actions")).toBeDefined(), { timeout: 9000 }));
beforeEach(() => {
  vi.stubGlobal("ResizeObserver", class {
    observe(): void {}
    disconnect(): void {}
  });
});
afterEach(() => vi.unstubAllGlobals());

function draw(value: Value = TALK, props: Partial<ChatbotProps> = {}, heard: readonly string[] = HEARD): Fake<ChatbotProps, Value> {
  const host = fakeHost<ChatbotProps, Value>(
    { name: "chatbot", label: "Chat", feedback_options: ["Like", "Dislike", "Spam"], ...props },
    value,
    { tag: "chatbot", listens: (event) => heard.includes(event) },
  );
  render(Chatbot, { props: { host }, context: nodeContext() });
  return host;
}

const press = (name: string | RegExp) => fireEvent.click(screen.getAllByRole("button", { name }).at(-1) as HTMLElement);

describe("a long conversation", () => {
  const LONG = Array.from({ length: 40 }, (_, at) => say(at % 2 ? "assistant" : "user", `Line **${at}** of it`));
  const rows = () => screen.getAllByTestId(/user|bot/).length;

  test("is drawn from its end, and as text that can be searched until the page is idle", async () => {
    draw(LONG, { render_markdown: false });
    expect(rows()).toBe(8);
    expect(screen.getByRole("log").textContent).toContain("Line 0 of it");
    await vi.waitFor(() => expect(rows()).toBe(40), { timeout: 9000 });
  }, 20_000);

  test("stays drawn when it is sent anew, and another one begins at its own end", async () => {
    const host = draw(LONG, { render_markdown: false });
    await vi.waitFor(() => expect(rows()).toBe(40), { timeout: 9000 });
    host.value = LONG.map((message) => ({ ...message }));
    await tick();
    expect(rows()).toBe(40);
    host.value = [say("user", "Another"), ...LONG];
    await tick();
    expect(rows()).toBe(8);
  }, 20_000);
});

describe("rows", () => {
  const rows = (messages: readonly Message[], together = true) =>
    new Grouper().of(messages, together).map(({ side, start, end, ordinal }) => [side, start, end, ordinal]);

  test("are messages of one side that follow each other", () => {
    const messages = [TALK[0], TALK[1], say("assistant", "More"), TALK[2]] as Message[];
    expect(rows(messages)).toEqual([["user", 0, 1, 0], ["bot", 1, 3, 0], ["user", 3, 4, 2]]);
    expect(rows(messages, false)).toHaveLength(4);
  });

  test("end where another one speaks", () => {
    const by = (name: string) => say("assistant", name, { author: { name } });
    expect(rows([by("A"), by("A"), by("B")])).toEqual([["bot", 0, 2, 0], ["bot", 2, 3, 2]]);
  });

  test("hold steps inside steps, whatever came between", () => {
    const step = (title: string, more: Metadata = {}) => say("assistant", "", { title, ...more });
    const messages = [step("Search", { id: 1 }), step("Write", { id: 2 }), step("Page", { parent_id: 1 })];
    for (const together of [true, false]) {
      const [group] = new Grouper().of(messages, together);
      if (together) expect(group?.entries.map(({ children }) => children.map(({ index }) => index))).toEqual([[2], []]);
    }
  });

  test("stay the same objects as long as their messages do", () => {
    const grouper = new Grouper();
    const before = grouper.of(TALK, true);
    const now = grouper.of([...TALK.slice(0, 3), say("assistant", "See you soon")], true);
    expect(now.map((group, at) => group === before[at])).toEqual([true, true, true, false]);
    const longer = grouper.of([...now.flatMap(({ entries }) => entries.map(({ message }) => message)), say("assistant", "!")], true);
    expect(longer.map(({ end }) => end)).toEqual([1, 2, 3, 5]);
    expect(longer[3]?.entries[0]).toBe(now[3]?.entries[0]);
  });
});

describe("texts", () => {
  test("steps are no part of what is copied", () => {
    const messages = [say("assistant", "hm", { title: "Thought" }), say("assistant", "Yes")];
    expect(answerOf(messages)).toBe("Yes");
    expect(transcript([...TALK.slice(0, 2), ...messages])).toBe("user: Hello\n\nassistant: Hi. **You**\n\nassistant: Yes");
  });

  test("marks of sources become links, but not in code nor where there is no such source", () => {
    const titles = ['Cats "and" more', ""];
    expect(withSources("a [1] b [2] c [3]", titles)).toBe('a [1](#source-1 "Cats  and  more") b [2](#source-2) c [3]');
    expect(withSources("`x[1]` [1](u)\n```\ny[1]\n```\nz[2]", titles)).toBe("`x[1]` [1](u)\n```\ny[1]\n```\nz[2](#source-2)");
  });

  test("are read aloud sentence by sentence", () => {
    const speaker = new Speaker();
    expect(speaker.take(1, "It is", false)).toBe("");
    expect(speaker.take(1, "It is **late**. And", false)).toBe("It is late .");
    expect(speaker.take(1, "It is **late**. And so on", false)).toBe("");
    expect(speaker.take(1, "It is **late**. And so on", true)).toBe("And so on");
    expect(speaker.take(2, "你好。今", false)).toBe("你好。");
    speaker.skip(3, "Old. ");
    expect(speaker.take(3, "Old. New.", true)).toBe("New.");
  });
});

describe("scrolling", () => {
  const at = (top: number, whole = 1000, height = 400) => ({ top, whole, height });

  test("a reader who goes back is left alone, and followed again at the end", () => {
    expect(isAtEnd(at(580))).toBe(true);
    expect(follows(true, at(600), at(500))).toBe(false);
    expect(follows(true, at(6000, 6400), at(20, 6200))).toBe(false);
    expect(follows(false, at(500), at(520))).toBe(false);
    expect(follows(false, at(520), at(590))).toBe(true);
  });

  test("text that grows or shrinks is no reader", () => {
    expect(follows(true, at(600), at(600, 1400))).toBe(true);
    expect(follows(true, at(600), at(300, 760))).toBe(true);
    expect(follows(true, at(600), at(500, 1000, 450))).toBe(true);
  });
});

describe("questions of the function", () => {
  const asked = (more: object): Message =>
    say("assistant", "", { ask: { id: "1", kind: "approval", prompt: "Sure?", ...more }, state: "streaming" } as Metadata);

  test("wait for the reader, who is not told to wait", async () => {
    draw([say("user", "Go"), asked({})]);
    expect(await screen.findByText("Sure?", {}, { timeout: 20_000 })).toBeTruthy();
    expect(screen.queryByTestId("thinking")).toBeNull();
  });
});

describe("steps", () => {
  test("folded by the reader stay folded while others go on, and when they fail", async () => {
    const talk = (inner: Metadata, text: string): Message[] => [
      say("assistant", "Both", { title: "Gather", id: 1, status: "pending" }),
      say("assistant", "", { title: "Read", id: 2, parent_id: 1, kind: "tool", input: "a", ...inner }),
      say("assistant", text, { title: "Count", id: 3, parent_id: 1, status: "pending" }),
    ];
    const host = draw(talk({ status: "pending" }, "1"));
    const read = await screen.findByRole("button", { name: /Read/ }, { timeout: 20_000 }); // the part is fetched first
    expect(read.getAttribute("aria-expanded")).toBe("true");
    await fireEvent.click(read);
    host.value = talk({ status: "done", error: "no", duration: 2 }, "1 2");
    await tick();
    expect(await screen.findByText("1 2")).toBeTruthy();
    expect(screen.getByRole("button", { name: /Read/ }).getAttribute("aria-expanded")).toBe("false");
    expect(screen.getByRole("button", { name: /Count/ }).getAttribute("aria-expanded")).toBe("true");
  });

  test("are unfolded while they go on, and folded when they are done", () => {
    expect(isUnfolded({ status: "pending" }, undefined)).toBe(true);
    expect(isUnfolded({ status: "done" }, undefined)).toBe(false);
    expect(isUnfolded({ status: "done" }, true)).toBe(true);
    expect(isUnfolded({ status: "done", error: "no" }, undefined)).toBe(true);
  });

  test("say how long they took, and what an answer took", () => {
    expect([0, 0.004, 0.42, 12.3, 65, 120].map((seconds) => lasting(seconds, "en"))).toEqual(["1ms", "4ms", "0.4s", "12s", "1m 5s", "2m"]);
    const words = (key: string, { count }: { count: string }) => `${count} ${key.slice(8)}`;
    expect(usageTexts({ output_tokens: 1200, seconds: 10, cost: 0.0021 }, "en", words)).toEqual(["1,200 tokens", "120 rate", "10s", "$0.0021"]);
    expect(usageTexts({ cost: 1, currency: "nonsense" }, "en", words)).toEqual(["1 nonsense"]);
    expect([dataText("a"), dataText({ b: 1 })]).toEqual(["a", '{\n  "b": 1\n}']);
  });
});

test("artifacts have versions, and leave as text", () => {
  const made = (content: string) => ({ id: "a", kind: "code" as const, content });
  const messages = [say("assistant", "", { artifacts: [made("1")] }), say("assistant", "", { artifacts: [made("2"), { title: "b" }] })];
  expect(versionsOf(messages, made("x")).map(({ content }) => content)).toEqual(["1", "2"]);
  expect(artifactText({ kind: "table", content: { headers: ["a", "b"], rows: [[1, 2]] } })).toBe("a\tb\n1\t2");
  expect(fenced("a ``` b", "md")).toBe("````md\na ``` b\n````");
  expect(["https://a.b", "javascript:alert(1)", undefined].map(safeUrl)).toEqual(["https://a.b", undefined, undefined]);
});

describe("Chatbot", () => {
  test("is a log of messages of two sides", () => {
    draw();
    expect(screen.getByRole("log", { name: "chatbot conversation" })).toBeTruthy();
    expect(screen.getAllByTestId("user").map(({ textContent }) => textContent?.trim())).toEqual(["Hello", "Bye"]);
    expect(screen.getAllByTestId("bot")[0]?.querySelector("strong")?.textContent).toBe("You");
    expect(screen.getAllByTestId("bot")[0]?.className).toMatch(/message bot/);
  });

  test("a token changes the text of its own message only", async () => {
    const host = draw();
    const nodes = [...document.querySelectorAll(".message")].slice(0, 3);
    let changes = 0;
    const observer = new MutationObserver((records) => (changes += records.length));
    for (const node of nodes) observer.observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
    for (const text of ["See you s", "See you soon", "See you soon."]) {
      host.put([...TALK.slice(0, 3), say("assistant", text)]);
      await tick();
    }
    await new Promise((resolve) => setTimeout(resolve));
    observer.disconnect();
    expect(changes).toBe(0);
    expect(screen.getAllByTestId("bot").at(-1)?.textContent).toContain("See you soon.");
  });

  test("tells listeners what the reader thinks and wants", async () => {
    const host = draw();
    await press("Like");
    expect(screen.getByRole("button", { name: "Liked" })).toBeTruthy();
    await press("Retry");
    await press("Undo");
    expect(host.dispatched).toEqual([
      { event: "like", data: { index: 3, value: ["See you"], liked: true } },
      { event: "retry", data: { index: 2, value: "Bye" } },
      { event: "undo", data: { index: 2, value: "Bye" } },
    ]);
    await press("Clear");
    expect([host.written, host.dispatched.at(-1)?.event]).toEqual([[[]], "clear"]);
  });

  test("offers nothing that nobody waits for", () => {
    draw(TALK, {}, []);
    for (const name of ["Like", "Retry", "Undo", "Edit"]) expect(screen.queryByRole("button", { name })).toBeNull();
    expect(screen.getAllByRole("button", { name: "Copy message" })).toHaveLength(4);
  });

  test("a message can be edited", async () => {
    const host = draw(TALK, { editable: "user" });
    expect(screen.getAllByRole("button", { name: "Edit" })).toHaveLength(2);
    await press("Edit");
    const box = await screen.findByRole("textbox", { name: "Edited Message" });
    expect((box as HTMLTextAreaElement).value).toBe("Bye");
    await fireEvent.input(box, { target: { value: "Wait" } });
    await press("Submit");
    expect(host.dispatched).toEqual([{ event: "edit", data: { index: 2, previous_value: "Bye", value: "Wait" } }]);
    expect(host.value?.[2]?.content).toEqual([{ type: "text", text: "Wait" }]);
  });

  test("versions are walked, and a cut answer goes on", async () => {
    const host = draw([say("user", "Hi"), say("assistant", "He", { state: "stopped", siblings: [1, 3] })]);
    expect(screen.getByRole("img", { name: "Version 2 of 3" }).textContent?.trim()).toBe("2/3");
    await press("Previous version");
    await screen.findByText("You stopped this answer.");
    await press("Continue");
    expect(host.dispatched.map(({ data }) => data)).toEqual([
      { action: "branch", index: 1, by: -1 },
      { action: "continue", index: 1 },
    ]);
  });

  test("begins with the author's words and examples", async () => {
    const host = draw(null, { placeholder: "# Welcome", examples: [{ text: "hi" }, { text: "hola", display_text: "Spanish" }] });
    expect(screen.getByRole("heading", { name: "Welcome" })).toBeTruthy();
    await press("Select example 2: Spanish");
    expect(host.dispatched).toEqual([{ event: "example_select", data: { index: 1, value: { text: "hola", files: [] } } }]);
  });

  test("options and follow-ups are answers with one press", async () => {
    const host = draw([{ ...say("assistant", "Sure?", { followups: ["Why?"] }), options: [{ value: "y", label: "Yes" }] }]);
    await press("Yes");
    await screen.findByRole("button", { name: "Why?" });
    await press("Why?");
    expect(host.dispatched.map(({ data }) => data)).toEqual([{ index: 0, value: "y" }, { index: 0, value: "Why?" }]);
  });

  test("tools show what they were given and gave", async () => {
    draw([say("assistant", "", { title: "search", kind: "tool", input: { q: 1 }, output: "none", status: "pending", id: 1 }), say("assistant", "deep", { title: "Inner", parent_id: 1 })]);
    const head = await screen.findByRole("button", { name: /search/ });
    expect(head.getAttribute("aria-expanded")).toBe("true");
    expect(screen.getByRole("group", { name: "Input" }).textContent).toBe('{\n  "q": 1\n}');
    expect(screen.getByText("Inner")).toBeTruthy();
    await fireEvent.click(head);
    expect(screen.queryByText("Inner")).toBeNull();
  });

  test("waiting messages can be sent at once, edited and taken back", async () => {
    const host = draw(TALK, { queued: [{ id: "q", text: "Later" }] });
    await screen.findByText("Later");
    await press("Send now");
    await press("Edit waiting message");
    await press("Remove waiting message");
    expect(host.dispatched.map(({ data }) => data)).toEqual([
      { action: "steer", id: "q" },
      { action: "unqueue", id: "q", edit: true },
      { action: "unqueue", id: "q" },
    ]);
  });
});
