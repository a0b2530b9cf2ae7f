/**
 * The page as data: every block with its props, value and status, as a tree.
 *
 * Fine-grained: each prop and each value is a signal of its own, so a keystroke touches one block. Lives outside the
 * components, so unmounting one loses nothing. Knows nothing of the network.
 */

/* eslint-disable svelte/prefer-svelte-reactivity -- these maps and sets are looked up, never drawn; only props are */

import type { Status } from "$ui/contract";
import { isTranslatable, translate } from "$i18n";
import type { BlockConfig, Config, LayoutNode, RenderConfig } from "../client/protocol";
import { share } from "../client/share";
import { adopted, emptyOf, firstOf } from "./empty";
import { Props } from "./props.svelte";
import { IDLE } from "./status";

/** Which side of the listeners a block stands on. */
export interface Use {
  input: boolean;
  output: boolean;
}

/** One block of the page. */
export class BlockNode {
  readonly id: number;
  readonly tag: string;
  readonly props = new Props();
  children = $state.raw<readonly BlockNode[]>([]);
  parent = $state.raw<BlockNode | null>(null);
  status = $state.raw<Status>(IDLE);
  use = $state.raw<Use>({ input: false, output: false });
  /** The author's `interactive`, else inferred. */
  readonly interactive: boolean = $derived.by(() => this.infer());
  /** Render function that made it; null for the blocks of the page itself. */
  readonly rendered_in: number | null;
  readonly key: number | string | null;
  #current = $state.raw<unknown>(null);
  /** The value when `change` was last considered. */
  private settled: unknown;
  /** Names of props that hold text to be translated. */
  private readonly translated = new Set<string>();
  /** Whether the app gave no value to begin with. */
  private readonly blank: boolean;

  constructor(config: BlockConfig) {
    this.id = config.id;
    this.tag = config.type;
    this.rendered_in = config.rendered_in ?? null;
    this.key = config.key ?? null;
    for (const [name, prop] of Object.entries(config.props)) {
      if (name === "value") this.#current = prop ?? null;
      else this.set({ [name]: prop });
    }
    this.settled = this.#current;
    this.blank = isBlank(this.#current);
  }

  get value(): unknown {
    // Captions of buttons and the like; a list or an object is data, and not searched for texts.
    const value = this.whole(this.#current);
    return typeof value === "string" ? translate(value) : value;
  }

  /** Equal parts of the old value are kept, so equal values are no change at all. */
  set value(value: unknown) {
    this.#current = share(this.#current, value ?? null);
  }

  /** The props as an object, texts translated. Reading a member tracks that member. */
  readonly view: Readonly<Record<string, unknown>> = new Proxy<Record<string, unknown>>(
    {},
    {
      get: (_, name) => (typeof name === "string" ? this.prop(name) : undefined),
      has: (_, name) => typeof name === "string" && this.props.has(name),
      ownKeys: () => this.props.keys(),
      getOwnPropertyDescriptor: (_, name) =>
        typeof name === "string" && this.props.has(name)
          ? { configurable: true, enumerable: true, value: this.prop(name) }
          : undefined,
      set: () => false,
    },
  );

  /** Change props; null removes. */
  set(props: Readonly<Record<string, unknown>>): void {
    for (const [name, prop] of Object.entries(props)) {
      if (isTranslatable(prop)) this.translated.add(name);
      else this.translated.delete(name);
      if (prop === null || prop === undefined) this.props.delete(name);
      else this.props.set(name, share(this.props.get(name), prop));
    }
  }

  /** What a value from a function becomes here. */
  adopt(value: unknown): unknown {
    return adopted(this.tag, value, this.#current, this.view);
  }

  /** An interactive block without a value gets the one that its half begins with. No event is fired. */
  begin(): void {
    if (this.#current !== null || !this.interactive) return;
    this.#current = this.settled = firstOf(this.tag);
  }

  /** Take the value as it is now for known. False if it was known already. */
  settle(): boolean {
    const changed = !Object.is(this.whole(this.settled), this.whole(this.#current));
    this.settled = this.#current;
    return changed;
  }

  private whole(value: unknown): unknown {
    return value ?? emptyOf(this.tag);
  }

  private prop(name: string): unknown {
    const prop = this.props.get(name);
    return this.translated.has(name) ? translate(prop) : prop;
  }

  private infer(): boolean {
    const own = this.props.get("interactive");
    if (typeof own === "boolean") return own;
    if (this.use.input) return true;
    return !this.use.output && this.blank;
  }
}

/** All blocks of the page. */
export class Store {
  readonly root: BlockNode;
  /** Called after a flush for each block whose value is another one than before. */
  onchange: (node: BlockNode) => void = () => undefined;
  private readonly nodes = new Map<number, BlockNode>();
  private readonly touched = new Set<BlockNode>();

  constructor(config: Pick<Config, "components" | "layout">) {
    this.root = new BlockNode({ id: config.layout.id, type: "", props: {} });
    for (const block of config.components) this.nodes.set(block.id, new BlockNode(block));
    this.attach(this.root, config.layout);
  }

  /** All halves are there, and said what blocks without a value begin with. */
  begin(): void {
    for (const node of this.nodes.values()) node.begin();
  }

  get(id: number): BlockNode | undefined {
    return id === this.root.id ? this.root : this.nodes.get(id);
  }

  /** Tags of all blocks, each once. */
  get tags(): string[] {
    return [...new Set([...this.nodes.values()].map((node) => node.tag))];
  }

  /** What a listener gets for an input; null for a block without value. */
  input(id: number, whole: boolean): unknown {
    const node = this.get(id);
    if (node === undefined) return null;
    return whole ? { ...node.view, value: node.value } : node.value;
  }

  /** A new value, from the reader or the server. */
  put(node: BlockNode, value: unknown): void {
    node.value = value;
    if (this.touched.size === 0) queueMicrotask(() => this.flush());
    this.touched.add(node);
  }

  /** An output as it came: a value, or an update of props and perhaps the value. */
  output(id: number, wire: unknown): void {
    const node = this.get(id);
    if (node === undefined) return;
    if (!isUpdate(wire)) {
      this.put(node, node.adopt(wire));
      return;
    }
    const { __type__: _, value, ...props } = wire;
    node.set(props);
    if ("value" in wire) this.put(node, node.adopt(value));
  }

  /** Note which blocks are inputs and outputs of a listener. */
  use(uses: ReadonlyMap<number, Use>): void {
    for (const node of this.nodes.values()) {
      const { input, output } = uses.get(node.id) ?? { input: false, output: false };
      if (node.use.input !== input || node.use.output !== output) node.use = { input, output };
    }
  }

  /** Put a rebuilt part in place of what the same render function made before. `gone`: render functions that went with it. */
  render(config: RenderConfig, gone: ReadonlySet<number>): void {
    const before = new Map(this.nodes);
    for (const node of before.values()) {
      if (node.rendered_in !== null && gone.has(node.rendered_in)) this.nodes.delete(node.id);
    }
    for (const block of config.components) {
      const old = before.get(block.id);
      const kept = old?.tag === block.type && (old.key !== null || this.nodes.has(block.id));
      if (kept) revive(old, block);
      this.nodes.set(block.id, kept ? old : new BlockNode(block));
    }
    const container = this.get(config.layout.id);
    if (container !== undefined) this.attach(container, config.layout);
  }

  private attach(parent: BlockNode, layout: LayoutNode): void {
    const children: BlockNode[] = [];
    for (const item of layout.children ?? []) {
      const child = this.nodes.get(item.id);
      if (child === undefined) continue;
      child.parent = parent;
      children.push(child);
      this.attach(child, item);
    }
    if (children.length > 0 || parent.children.length > 0) parent.children = children;
  }

  private flush(): void {
    const touched = [...this.touched];
    this.touched.clear();
    for (const node of touched) if (node.settle()) this.onchange(node);
  }
}

/** Bring a block that a render function made again with the same key up to date; what its author preserves stays. */
function revive(node: BlockNode, { props }: BlockConfig): void {
  const listed = props["preserved_by_key"] ?? node.props.get("preserved_by_key");
  const preserved = new Set(node.key === null ? [] : Array.isArray(listed) ? (listed as string[]) : []);
  const fresh: Record<string, unknown> = {};
  for (const name of node.props.keys()) if (!preserved.has(name)) fresh[name] = null;
  for (const [name, prop] of Object.entries(props)) {
    if (name !== "value" && !preserved.has(name)) fresh[name] = prop;
  }
  node.set(fresh);
  if (!preserved.has("value")) {
    node.value = props["value"] ?? null;
    node.settle();
  }
}

/** A change of props, as functions return it. */
function isUpdate(wire: unknown): wire is Record<string, unknown> & { __type__: "update" } {
  return typeof wire === "object" && wire !== null && "__type__" in wire && wire.__type__ === "update";
}

/** No value that an author would want to show. */
function isBlank(value: unknown): boolean {
  return !value || (Array.isArray(value) && value.length === 0);
}
