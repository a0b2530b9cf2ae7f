import { render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { Urls } from "../client/url";
import Login from "./Login.svelte";

function open(answers: Response[]) {
  const onlogin = vi.fn();
  const requests: { url: string; fields: [string, unknown][] }[] = [];
  vi.stubGlobal("fetch", (url: string, { body }: { body: FormData }) => {
    requests.push({ url, fields: [...body] });
    return Promise.resolve(answers.shift());
  });
  render(Login, { props: { urls: new Urls("http://h/app/"), message: "Members only.", onlogin } });
  screen.getByLabelText<HTMLInputElement>("username").value = "ann";
  screen.getByLabelText<HTMLInputElement>("password").value = "secret";
  const submit = () => screen.getByRole("button", { name: "Login" }).click();
  return { onlogin, requests, submit };
}

test("name and password go to the app's login, and the page goes on", async () => {
  const { onlogin, requests, submit } = open([new Response('{"success": true}')]);
  expect(screen.getByRole("heading", { name: "Login" })).toBeTruthy();
  expect(screen.getByText("Members only.")).toBeTruthy();
  submit();
  await vi.waitFor(() => expect(onlogin).toHaveBeenCalledOnce());
  expect(requests).toEqual([
    { url: "http://h/app/login", fields: [["username", "ann"], ["password", "secret"]] },
  ]);
});

test("wrong ones are told", async () => {
  const { onlogin, submit } = open([new Response('{"detail": "Incorrect credentials."}', { status: 400 })]);
  submit();
  expect((await screen.findByRole("alert")).textContent).toBe("Incorrect Credentials");
  expect(onlogin).not.toHaveBeenCalled();
});
