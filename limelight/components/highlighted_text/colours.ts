/** Colours of classes. Only the tone: how light or dark it is drawn is the style sheet's affair, so that text stays readable. */

/** In an order in which neighbours differ. */
const TONES = ["#2563eb", "#16a34a", "#ea580c", "#9333ea", "#0891b2", "#db2777", "#ca8a04", "#4f46e5", "#65a30d", "#dc2626"];

/** Names for which the theme's tone looks better than what CSS has. */
const NAMED: Readonly<Record<string, string>> = {
  red: "#dc2626",
  green: "#16a34a",
  blue: "#2563eb",
  yellow: "#eab308",
  purple: "#9333ea",
  teal: "#0d9488",
  orange: "#ea580c",
  cyan: "#0891b2",
  lime: "#65a30d",
  pink: "#db2777",
};

/** Class → tone: those of the author first, then the others in the order given. */
export function tonesOf(
  classes: Iterable<string>,
  chosen: Readonly<Record<string, string>> = {},
): Map<string, string> {
  const tones = new Map(Object.entries(chosen).map(([name, tone]) => [name, NAMED[tone.toLowerCase()] ?? tone]));
  const unused = TONES.filter((tone) => ![...tones.values()].includes(tone));
  const others = unused.length > 0 ? unused : TONES;
  let next = 0;
  for (const name of classes) {
    if (!tones.has(name)) tones.set(name, others[next++ % others.length] ?? "gray");
  }
  return tones;
}

/** How much of the tone a score is mixed with, in per cent: text on it is readable up to this. */
export function strength(score: number): number {
  return Math.round(Math.min(Math.abs(score), 1) * 50);
}
