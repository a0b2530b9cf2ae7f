/** The order that the reader gave to a container's blocks, also while one is dragged. Draws nothing. */

interface Item {
  readonly id: number;
}

/** Where an item lies, in pixels of the window. */
export type Box = Readonly<Record<"left" | "right" | "top" | "bottom", number>>;

function nearest({ x, y }: { x: number; y: number }, boxes: readonly Box[]): number {
  const distances = boxes.map(({ left, right, top, bottom }) =>
    Math.hypot(Math.max(left - x, x - right, 0), Math.max(top - y, y - bottom, 0)),
  );
  return distances.indexOf(Math.min(...distances));
}

/**
 * The place that the dragged item takes when the pointer is here: that of the item below the pointer.
 *
 * Items differ in size. They change places only when the dragged one will lie below the pointer then; else they would
 * change back at the next movement.
 */
export function landing(
  pointer: { x: number; y: number },
  { boxes, isRow }: { boxes: readonly Box[]; isRow: boolean },
  from: number,
): number {
  const to = nearest(pointer, boxes);
  const [dragged, target] = [boxes[from], boxes[to]];
  if (dragged === undefined || target === undefined || to === from) return from;
  const isSameLine = dragged.top < target.bottom && target.top < dragged.bottom;
  if (isRow && !isSameLine) return to;
  const [start, end] = isRow ? (["left", "right"] as const) : (["top", "bottom"] as const);
  const at = isRow ? pointer.x : pointer.y;
  const size = dragged[end] - dragged[start];
  const fits = target[start] > dragged[start] ? at >= target[end] - size : at <= target[start] + size;
  return fits ? to : from;
}

/** The list with one item moved to another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  if (item !== undefined) copy.splice(to, 0, item);
  return copy;
}

/** Items in the reader's order; new ones come where the author put them, behind the one they follow there. */
export class Order<T extends Item> {
  /** Id of the item that is dragged; null when none is. */
  dragged = $state<number | null>(null);

  readonly items: readonly T[] = $derived.by(() => arranged(this.#items(), this.#order));

  #items: () => readonly T[];
  #order = $state.raw<readonly number[]>([]);
  #before: readonly number[] = [];

  /** `items` is read anew at each use. */
  constructor(items: () => readonly T[]) {
    this.#items = items;
  }

  lift(id: number): void {
    this.#before = this.#order;
    this.dragged = id;
  }

  /** Show the dragged item at another place. */
  hover(to: number): void {
    const from = this.items.findIndex(({ id }) => id === this.dragged);
    if (from !== -1 && from !== to) this.#move(from, to);
  }

  drop(): void {
    this.dragged = null;
  }

  /** Everything as it was before. */
  cancel(): void {
    if (this.dragged === null) return;
    this.#order = this.#before;
    this.dragged = null;
  }

  /** Move an item by the keyboard. Returns its new place, or null at the end. */
  step(id: number, by: 1 | -1): number | null {
    const from = this.items.findIndex((item) => item.id === id);
    const to = from + by;
    if (from === -1 || to < 0 || to >= this.items.length) return null;
    this.#move(from, to);
    return to;
  }

  #move(from: number, to: number): void {
    this.#order = moved(this.items, from, to).map(({ id }) => id);
  }
}

function arranged<T extends Item>(items: readonly T[], order: readonly number[]): readonly T[] {
  const known = order.flatMap((id) => items.find((item) => item.id === id) ?? []);
  const result = [...known];
  for (const [index, item] of items.entries()) {
    if (order.includes(item.id)) continue;
    const neighbour = items[index - 1];
    const place = neighbour === undefined ? -1 : result.findIndex(({ id }) => id === neighbour.id);
    result.splice(place + 1, 0, item);
  }
  return result;
}
