import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, test, vi } from "vitest";
import Ask from "./Ask.svelte";
import type { FileData, Question } from "./contract";

const PHRASES = (key: string): string => key;

function ask(question: Partial<Question>, answer = vi.fn(() => Promise.resolve()), upload = vi.fn(() => Promise.resolve([] as FileData[]))) {
  render(Ask, { question: { id: "q", kind: "approval", prompt: "May I?", ...question } as Question, answer, upload, t: PHRASES });
  return answer;
}

const settle = async (): Promise<void> => {
  await Promise.resolve();
  await tick();
  await tick();
};

describe("a question", () => {
  test.each([
    ["Allow", true],
    ["Deny", false],
  ])("is answered with %s", async (name, given) => {
    const answer = ask({});
    expect(screen.getByRole("group", { name: "May I?" })).toBeTruthy();
    await fireEvent.click(screen.getByRole("button", { name }));
    expect(answer).toHaveBeenCalledExactlyOnceWith(given);
  });

  test("has one button for each choice", async () => {
    const answer = ask({ kind: "choice", options: ["tea", "coffee"] });
    await fireEvent.click(screen.getByRole("button", { name: "coffee" }));
    expect(answer).toHaveBeenCalledExactlyOnceWith("coffee");
  });

  test("takes a text, but no empty one", async () => {
    const answer = ask({ kind: "text", placeholder: "Your name" });
    const send = screen.getByRole<HTMLButtonElement>("button", { name: "Submit" });
    expect(send.disabled).toBe(true);
    await fireEvent.input(screen.getByRole("textbox", { name: "May I?" }), { target: { value: "Ada" } });
    await fireEvent.submit(send.form as HTMLFormElement);
    expect(answer).toHaveBeenCalledExactlyOnceWith("Ada");
  });

  test("takes a file when it is uploaded", async () => {
    const file: FileData = { path: "/tmp/a.txt" } as FileData;
    const answer = vi.fn(() => Promise.resolve());
    ask({ kind: "file", file_types: ["image", ".txt"] }, answer, vi.fn(() => Promise.resolve([file])));
    const input = screen.getByLabelText<HTMLInputElement>("May I?", { selector: "input" });
    expect(input.accept).toBe("image/*,.txt");
    await fireEvent.change(input, { target: { files: [new File(["a"], "a.txt")] } });
    await settle();
    expect(answer).toHaveBeenCalledExactlyOnceWith(file);
  });

  test("says when nobody waits any more", async () => {
    ask({}, vi.fn(() => Promise.reject(new Error("gone"))));
    await fireEvent.click(screen.getByRole("button", { name: "Allow" }));
    await settle();
    expect(screen.getByRole("alert").textContent).toBe("Nobody waits for an answer any more.");
  });

  test.each([
    [{ answer: true }, "Allowed"],
    [{ answer: false }, "Declined"],
    [{ declined: true }, "Declined"],
    [{ missed: true }, "Nobody waits for an answer any more."],
    [{ answer: "tea", kind: "choice" as const }, "tea"],
  ])("that is over says what came of it: %j", (told, text) => {
    ask({ ...told, details: { amount: 3 } });
    expect(screen.queryByRole("button")).toBe(null);
    expect(screen.getByText(text)).toBeTruthy();
    expect(screen.getByText(/"amount": 3/)).toBeTruthy();
  });
});
