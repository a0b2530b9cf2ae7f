/** Which page numbers are offered. Touches no DOM. */

export interface Offer {
  /** Pages on each side of the current one. */
  siblings?: number;
  /** Pages at each end. */
  boundaries?: number;
}

/**
 * Page numbers to offer, from 1: the ends and those around the current one; null for a gap.
 *
 * As many wherever the reader is, so that the buttons stand still. A gap hides two pages at least.
 */
export function pagesShown(current: number, count: number, { siblings = 1, boundaries = 1 }: Offer = {}): (number | null)[] {
  const places = 2 * boundaries + 2 * siblings + 3; // the current page, and two gaps
  if (count <= places) return range(1, count);
  const first = boundaries + 2;
  const last = count - boundaries - 1;
  const from = Math.min(Math.max(current - siblings, first), last - 2 * siblings);
  const to = from + 2 * siblings;
  return [
    ...range(1, boundaries),
    from > first ? null : first - 1,
    ...range(from, to),
    to < last ? null : last + 1,
    ...range(count - boundaries + 1, count),
  ];
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
