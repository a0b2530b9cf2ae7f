/** A reactive host for tests of components: props and value can change, and what was dispatched is written down. */

import type { Component } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import type { ComponentProps, Host } from "./contract";
import { stubHost } from "./stub";
import TestNode from "./TestNode.svelte";

/** What `fakeHost` adds to a host. */
export interface Fake<P extends object, V> extends Host<P, V> {
  /** Events in the order dispatched, with their data. */
  readonly dispatched: { event: string; data: unknown }[];
  /** Values in the order set by the component. */
  readonly written: V[];
  /** Change props or value as the server would; nothing is recorded. */
  update(change: Partial<P>): void;
  put(value: V): void;
}

type Members<P extends object, V> = Partial<Omit<Host<P, V>, "props" | "value">>;

/** A host with these props and this value. */
export function fakeHost<P extends object = ComponentProps & Record<string, unknown>, V = unknown>(
  props: P,
  value: V = null as V,
  members: Members<P, V> = {},
): Fake<P, V> {
  const held = new SvelteMap<string, unknown>(Object.entries(props));
  const box = new SvelteMap<"value", V>([["value", value]]);
  const dispatched: { event: string; data: unknown }[] = [];
  const written: V[] = [];
  const update = (change: Partial<P>): void => {
    for (const [name, prop] of Object.entries(change)) {
      if (prop === undefined || prop === null) held.delete(name);
      else held.set(name, prop);
    }
  };
  const host = stubHost<P, V>(
    new Proxy<Record<string, unknown>>({}, { get: (_, name) => held.get(String(name)) }) as P,
    { dispatch: (event, data) => dispatched.push({ event, data }), set: update, ...members },
  );
  return Object.defineProperties(
    { ...host, dispatched, written, update, put: (next: V) => box.set("value", next) },
    {
      value: {
        get: () => box.get("value") as V,
        set: (next: V) => {
          written.push(next);
          box.set("value", next);
        },
      },
    },
  ) as unknown as Fake<P, V>;
}

/** Context for containers: draws each child as a plain element with its id. */
export function nodeContext(node: Component<{ host: Host }> = TestNode): Map<string, unknown> {
  return new Map([["limelight:node", node]]);
}
