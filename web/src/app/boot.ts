/** From an empty element to a running page. */

import { flushSync, mount } from "svelte";
import { t, translate } from "$i18n";
import { language } from "$i18n/language.svelte";
import { released } from "$ui/held";
import { get } from "../client/http";
import type { Config } from "../client/protocol";
import { Urls } from "../client/url";
import { leave, newSession, takeLeft } from "../state/session";
import { Settings } from "../state/settings.svelte";
import App from "./App.svelte";
import { PageState } from "./page.svelte";
import { loadAll } from "./registry";

declare global {
  interface Window {
    gradio_config?: Config;
    /** Read by authors' scripts. */
    __gradio_session_hash__?: string;
    /** For tests. */
    __limelight__?: { app_id: number | string; session: string; store: PageState["store"] };
  }
}

/** Draw the app into `target`, in place of the first paint that the server put there. */
export async function boot(target: HTMLElement): Promise<void> {
  try {
    await start(target);
  } catch (error) {
    console.error("The page could not be started:", error);
    showFailure(target);
  }
}

async function start(target: HTMLElement): Promise<void> {
  const inlined = window.gradio_config;
  const urls = Urls.of(target.getAttribute("src") ?? document.baseURI, inlined?.current_page);
  const config = inlined ?? ((await get(`${urls.root}config`)) as Config);
  const speaking = language.start(config.i18n_translations ?? {});
  if (config.auth_required) {
    new Settings(); // light or dark, as chosen
    const [{ default: Login }] = await Promise.all([import("./Login.svelte"), speaking]);
    target.replaceChildren();
    mount(Login, { target, props: { urls, message: config.auth_message } });
    return;
  }
  const left = takeLeft(config.app_id);
  const session = left?.session ?? newSession();
  window.__gradio_session_hash__ = session;
  const page = new PageState({ config, urls, session, left: left?.calls ?? [] });
  const [custom] = await Promise.all([
    config.css || config.head || config.js ? import("./custom") : null, // seldom
    speaking,
    loadAll(page.store.tags),
  ]);
  page.store.begin();
  if (config.title) document.title = String(translate(config.title));
  custom?.adopt(config);
  // One task, so that nothing is painted in between.
  target.replaceChildren();
  mount(App, { target, props: { page } });
  flushSync();
  watch(page);
  const keep = () => leave({ app_id: config.app_id, session, calls: page.dispatcher.left });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", keep); // the last that a page on a phone may hear
  window.__limelight__ = { app_id: config.app_id, session, store: page.store };
  void custom?.run(config.js); // what it does before its first `await` is done before the load events
  await released();
  page.load();
}

/** What the browser says about the page and the network. */
function watch({ client, connection }: PageState): void {
  window.addEventListener("online", () => {
    connection.setNetwork(true);
    client.probe();
  });
  window.addEventListener("offline", () => {
    connection.setNetwork(false);
    client.probe(); // a dead connection may look open for minutes; one to this very machine goes on
  });
  document.addEventListener("visibilitychange", () => {
    // Phones cut connections of sleeping pages without telling them.
    if (document.visibilityState === "visible") client.probe();
  });
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) client.suspend();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) client.retry();
  });
}

function showFailure(target: HTMLElement): void {
  const text = document.createElement("p");
  text.setAttribute("role", "alert");
  text.textContent = t("shell.boot_failed");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = t("shell.boot_retry");
  again.addEventListener("click", () => location.reload());
  target.replaceChildren(text, again);
}
