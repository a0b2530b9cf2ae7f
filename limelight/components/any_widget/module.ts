/** The author's own module and CSS: fetched from our server, run in the block's element, ended with it. */

import type { Link, WidgetHost } from "./link";

type Cleanup = () => unknown;
type Hook = (context: Record<string, unknown>) => unknown;

interface Definition {
  initialize?: Hook;
  render?: Hook;
}

/** The hooks of a module: its default export, an object or a function that gives one, or `render` itself. */
export async function definitionOf(module: Readonly<Record<string, unknown>>): Promise<Definition> {
  let found = module["default"];
  if (typeof found === "function") found = await (found as () => unknown)();
  found ??= module["render"] === undefined ? undefined : { render: module["render"] };
  const definition = found as Definition | undefined;
  if (typeof definition?.render !== "function" && typeof definition?.initialize !== "function") {
    throw new TypeError("The module exports no render function. Write: export default { render({ model, el }) { … } }");
  }
  return definition;
}

/** Where the page finds code that the server named relative to the app. */
export function place(host: WidgetHost, url: string): string {
  return host.url({ path: null, url, meta: { _type: "gradio.FileData" } });
}

/** CSS that applies inside the elements with the scope's name only. */
export function scoped(css: string, scope: string): string {
  if (!("CSSScopeRule" in window)) return css; // older browsers: better everywhere than nowhere
  return `@scope ([data-scope="${scope}"]) {\n${css.replace(/:root\b/g, ":scope")}\n}`;
}

/** Run a definition's hooks. What they leave behind is put away when the signal comes, however late they are. */
export async function run(
  definition: Definition,
  { el, host, link, signal }: { el: HTMLElement; host: WidgetHost; link: Link; signal: AbortSignal },
): Promise<void> {
  const experimental = { invoke: link.invoke.bind(link) };
  const shared = { signal, host: hostFor(host), experimental };
  for (const [hook, more] of [["initialize", {}], ["render", { el }]] as const) {
    if (signal.aborted) return;
    const left = await definition[hook]?.({ model: link.model.scope(signal), ...shared, ...more });
    if (typeof left !== "function") continue;
    if (signal.aborted) clean(left as Cleanup);
    else signal.addEventListener("abort", () => clean(left as Cleanup), { once: true });
  }
}

function clean(cleanup: Cleanup): void {
  try {
    cleanup();
  } catch (error) {
    console.error("A widget could not put itself away:", error);
  }
}

/** The block's host, as built-in halves have it, with the members that anywidget's contract names. */
function hostFor(host: WidgetHost): WidgetHost {
  const refuse = (ref: unknown): Promise<never> =>
    Promise.reject(new Error(`The widget ${String(ref)} is not on this page: widgets inside widgets are not supported.`));
  const more: Record<PropertyKey, unknown> = { getModel: refuse, getWidget: refuse };
  return new Proxy(host, {
    get: (target, name) => (name in more ? more[name] : (Reflect.get(target, name, target) as unknown)),
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
