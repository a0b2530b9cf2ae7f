/** Where two texts differ, and where a cursor in the first belongs in the second. Knows nothing of editors. */

export interface Difference {
  from: number;
  /** End of what is replaced in the old text. */
  to: number;
  insert: string;
}

/** The one stretch that has to be replaced to make `after` of `before`; null if they are equal. */
export function difference(before: string, after: string): Difference | null {
  if (before === after) return null;
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (splitsPair(before, start) || splitsPair(after, start)) start--;
  let end = 0;
  while (end < most - start && before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)) end++;
  if (splitsPair(before, before.length - end) || splitsPair(after, after.length - end)) end--;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

/** Place in `after` of what stands at `at` in `before`: along with the text around it, else in the same line and column. */
export function moved(at: number, before: string, after: string): number {
  const change = difference(before, after);
  if (change === null || at <= change.from) return at;
  if (at >= change.to) return at + after.length - before.length;
  const lines = before.slice(0, at).split("\n");
  const column = lines.at(-1)?.length ?? 0;
  const target = after.split("\n").slice(0, lines.length);
  if (target.length < lines.length) return after.length;
  const last = target.pop() ?? "";
  return target.reduce((sum, line) => sum + line.length + 1, 0) + Math.min(column, last.length);
}

function splitsPair(text: string, at: number): boolean {
  return (text.charCodeAt(at - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(at) & 0xfc00) === 0xdc00;
}
