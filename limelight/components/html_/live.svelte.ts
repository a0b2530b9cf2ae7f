/** What an HTML block shows and what its script is given. Touches no element. */

import type { FileData, Host } from "$ui/contract";
import type { HTMLProps } from "./html.gen";
import { scoped } from "./scope";
import { filled, type Values } from "./template";

export interface Props extends HTMLProps {
  /** The author's own props, for templates and the script. */
  props?: Readonly<Record<string, unknown>>;
  server_fns?: readonly string[];
  component_class_name?: string;
}

export type HtmlHost = Host<Props>;

export interface Markup {
  html: string;
  css: string;
  /** Why there is none. */
  error: string | null;
}

/** Where the blocks inside are drawn. */
const CHILDREN = "@children";

type Watcher = () => void;

export class Html {
  /** Everything the templates may name. */
  readonly values: Values = $derived.by(() => this.named());
  readonly markup: Markup = $derived.by(() => this.filled());
  readonly hasChildren: boolean = $derived.by(
    () => this.template.includes(CHILDREN) || this.host.children.length > 0,
  );
  /** The same for a document of its own, whose styles need no scope. */
  readonly strange: Markup = $derived.by(() => this.filled((css) => css));
  /** What the script is given as `props`. */
  readonly props: Record<string, unknown>;

  /** An update names only the props that change; the others stay. */
  private kept: Readonly<Record<string, unknown>> = {};
  private readonly own = $derived.by(() => (this.kept = { ...this.kept, ...this.host.props.props }));
  private readonly watchers: { names: readonly string[]; watcher: Watcher }[] = [];
  /** Props that the script set since the last drawing. */
  private written: readonly string[] = [];
  private before: Values = {};

  constructor(
    private readonly host: HtmlHost,
    /** Matches the block's element. */
    private readonly selector: string,
  ) {
    this.props = this.proxy();
  }

  /** The markup before and after the blocks inside. */
  get parts(): [string, string] {
    const { html } = this.markup;
    const at = html.indexOf(CHILDREN);
    return at === -1 ? [html, ""] : [html.slice(0, at), html.slice(at + CHILDREN.length)];
  }

  readonly trigger = (event: string, data?: unknown): void => this.host.dispatch(event, data);

  /** The server functions by name. */
  get server(): Record<string, (...values: unknown[]) => Promise<unknown>> {
    const call =
      (name: string) =>
      (...values: unknown[]): Promise<unknown> =>
        this.host.call(name, values.length > 1 ? values : (values[0] ?? null));
    return Object.fromEntries((this.host.props.server_fns ?? []).map((name) => [name, call(name)]));
  }

  readonly upload = async (file: File): Promise<FileData> => {
    const [uploaded] = await this.host.upload([file]);
    if (uploaded === undefined) throw new Error("The server kept no file.");
    return { ...uploaded, url: this.host.url(uploaded) };
  };

  readonly watch = (names: string | readonly string[], watcher: Watcher): void => {
    this.watchers.push({ names: typeof names === "string" ? [names] : names, watcher });
  };

  /** The watchers that wait for what the app changed since the last time; the script's own changes wake none. */
  woken(values: Values): Watcher[] {
    const { before } = this;
    const changed = Object.keys(values).filter((name) => before[name] !== values[name] && !this.written.includes(name));
    this.before = values;
    this.written = [];
    return this.watchers.filter(({ names }) => names.some((name) => changed.includes(name))).map(({ watcher }) => watcher);
  }

  /** Put the props that earlier updates brought back beside the new ones: listeners are sent what stands there. */
  keep(): void {
    const { own } = this;
    const shown = this.host.props.props;
    if (shown !== undefined && Object.keys(own).some((name) => !(name in shown))) this.host.set({ props: own });
  }

  private get template(): string {
    return this.host.props.html_template ?? "${value}";
  }

  private named(): Values {
    const { label, visible } = this.host.props;
    return { value: this.host.value, label: label ?? null, visible: visible ?? true, ...this.own };
  }

  private filled(scope = (css: string): string => scoped(css, this.selector)): Markup {
    try {
      const html = filled(this.template, this.values);
      const css = scope(filled(this.host.props.css_template ?? "", this.values));
      return { html, css, error: null };
    } catch (error) {
      return { html: "", css: "", error: error instanceof Error ? error.message : String(error) };
    }
  }

  private proxy(): Record<string, unknown> {
    const get = (name: string): unknown => this.values[name];
    const set = (name: string, value: unknown): void => {
      this.written = [...this.written, name];
      if (name === "value") this.host.value = value;
      else if (name === "label" || name === "visible") this.host.set({ [name]: value });
      else this.host.set({ props: { ...this.own, [name]: value } });
    };
    return new Proxy<Record<string, unknown>>(
      {},
      {
        get: (_, name) => (typeof name === "string" ? get(name) : undefined),
        set: (_, name, value) => {
          if (typeof name === "string") set(name, value);
          return true;
        },
        has: (_, name) => typeof name === "string" && name in this.values,
        ownKeys: () => Object.keys(this.values),
        getOwnPropertyDescriptor: (_, name) =>
          typeof name === "string" && name in this.values
            ? { configurable: true, enumerable: true, writable: true, value: get(name) }
            : undefined,
      },
    );
  }
}

/** Runs an author's script; `await` is allowed in it. Rejects with what it throws. */
export async function run(source: string, given: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(given);
  const Async = (async () => undefined).constructor as new (...parts: string[]) => (...values: unknown[]) => Promise<void>;
  await new Async(...names, source)(...names.map((name) => given[name]));
}
