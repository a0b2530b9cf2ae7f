/** A conversation as rows: messages of one side that follow each other, with steps inside steps. Draws nothing. */

import type { Message } from "./messages";

export type Side = "user" | "bot";

/** A message, and the steps that belong to it. */
export interface Entry {
  readonly message: Message;
  /** Place in the conversation. */
  readonly index: number;
  readonly children: readonly Entry[];
}

/** One row of the page. */
export interface Group {
  readonly side: Side;
  /** Place of the first message; names the row. */
  readonly start: number;
  /** Place behind the last one. */
  readonly end: number;
  /** How many messages of the app stand before it. */
  readonly ordinal: number;
  readonly entries: readonly Entry[];
}

export function sideOf(message: Message): Side {
  return message.role === "user" ? "user" : "bot";
}

/** Whether a message is a step on the way to an answer. */
export function isStep(message: Message): boolean {
  return Boolean(message.metadata?.title);
}

/** Makes rows of a conversation; those whose messages are the same objects as before are the same rows. */
export class Grouper {
  private messages: readonly Message[] = [];
  private groups: readonly Group[] = [];
  private together = true;

  of(messages: readonly Message[], together: boolean): readonly Group[] {
    const same = together === this.together ? common(this.messages, messages) : 0;
    if (same === messages.length && same === this.messages.length) return this.groups;
    // The row before the first change may go on with it.
    const kept = this.groups.filter(({ end }) => end < same);
    const old = new Map(this.groups.slice(kept.length).map((group) => [group.start, group]));
    const groups = [...kept];
    let at = kept.at(-1)?.end ?? 0;
    let ordinal = countBots(kept.at(-1));
    while (at < messages.length) {
      const end = endOf(messages, at, together);
      const group = grouped(messages, { at, end, ordinal }, old.get(at));
      groups.push(group);
      ordinal = countBots(group);
      at = end;
    }
    this.messages = messages;
    this.together = together;
    this.groups = groups;
    return groups;
  }
}

function common(before: readonly Message[], now: readonly Message[]): number {
  let same = 0;
  while (same < before.length && same < now.length && before[same] === now[same]) same += 1;
  return same;
}

function countBots(group: Group | undefined): number {
  if (group === undefined) return 0;
  return group.ordinal + (group.side === "bot" ? group.end - group.start : 0);
}

/** Where the row that begins at `start` ends. */
function endOf(messages: readonly Message[], start: number, together: boolean): number {
  const first = messages[start];
  if (first === undefined) return start + 1;
  const names = new Set<number | string>();
  let end = start;
  let message: Message | undefined = first;
  do {
    const { id } = message.metadata ?? {};
    if (id !== undefined) names.add(id);
    end += 1;
    message = messages[end];
  } while (message && sideOf(message) === sideOf(first) && belongs(message));
  return end;

  function belongs(next: Message): boolean {
    const { parent_id: parent, author } = next.metadata ?? {};
    if (parent !== undefined && names.has(parent)) return true;
    return together && next.role === first?.role && author?.name === first.metadata?.author?.name;
  }
}

function grouped(
  messages: readonly Message[],
  { at, end, ordinal }: { at: number; end: number; ordinal: number },
  old: Group | undefined,
): Group {
  const before = new Map<number, Entry>();
  for (const entry of old?.entries ?? []) remember(entry, before);
  const indices = new Map<number | string, number>();
  const children = new Map<number, number[]>();
  const tops: number[] = [];
  for (let index = at; index < end; index += 1) {
    const { id, parent_id: parent } = messages[index]?.metadata ?? {};
    const owner = parent === undefined ? undefined : indices.get(parent);
    if (owner === undefined) tops.push(index);
    else children.set(owner, [...(children.get(owner) ?? []), index]);
    if (id !== undefined) indices.set(id, index);
  }
  const made = (index: number): Entry => {
    const entry = { message: messages[index] as Message, index, children: (children.get(index) ?? []).map(made) };
    const known = before.get(index);
    return known?.message === entry.message && equal(known.children, entry.children) ? known : entry;
  };
  const entries = tops.map(made);
  if (old?.end === end && old.ordinal === ordinal && equal(old.entries, entries)) return old;
  const side = sideOf(messages[at] as Message);
  return { side, start: at, end, ordinal, entries };
}

function remember(entry: Entry, known: Map<number, Entry>): void {
  known.set(entry.index, entry);
  for (const child of entry.children) remember(child, known);
}

function equal<T>(one: readonly T[], other: readonly T[]): boolean {
  return one.length === other.length && one.every((item, place) => item === other[place]);
}
