/** What a metric shows: figures in the reader's language, which way they went, and a line of how. Touches no DOM. */

export type Format = "number" | "compact" | "percent";
export type Figure = number | string | null;

/** As it crosses the wire, where it is more than a figure. */
export interface Measured {
  value: Figure;
  delta?: Figure;
  trend?: readonly (number | null)[];
}

/** How numbers are to be written. */
export interface Style {
  locale: string;
  format?: Format | undefined;
  /** Digits after the decimal point. */
  precision?: number | undefined;
}

const OPTIONS: Readonly<Record<Format, Intl.NumberFormatOptions>> = {
  number: { maximumFractionDigits: 2 },
  compact: { notation: "compact", maximumFractionDigits: 1 },
  percent: { style: "percent", maximumFractionDigits: 1 },
};

/** A number as text; a text as it is. */
export function written(figure: number | string, style: Style, signed = false): string {
  if (typeof figure === "string") return figure;
  const { precision } = style;
  const digits =
    precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision };
  return new Intl.NumberFormat(style.locale, {
    ...OPTIONS[style.format ?? "number"],
    ...digits,
    ...(signed ? { signDisplay: "exceptZero" } : {}),
  }).format(figure);
}

/** Which way a change goes: 1, -1, or 0 for none. */
export function direction(delta: number | string): number {
  if (typeof delta === "number") return Math.sign(delta);
  const text = delta.trim();
  if (/^[-−–]/.test(text)) return -1;
  return /^\+?0+([.,]0+)?\s*%?$/.test(text) ? 0 : 1;
}

/** A line through numbers, as a path on a field of this size; numbers that are missing part it. */
export function sparkline(
  trend: readonly (number | null)[],
  { width, height }: { width: number; height: number },
): { line: string; area: string; end: readonly [number, number] } | null {
  const known = trend.filter((number) => number !== null);
  if (known.length < 2) return null;
  const least = known.reduce((a, b) => Math.min(a, b));
  const span = known.reduce((a, b) => Math.max(a, b)) - least;
  const x = (index: number): number => round((index / (trend.length - 1)) * width);
  const y = (number: number): number => round(span === 0 ? height / 2 : height - ((number - least) / span) * height);
  const runs = runsOf(trend).map((run) => run.map(([index, number]) => [x(index), y(number)] as const));
  const line = runs.map((run) => `M${run.map((point) => point.join(" ")).join("L")}${run.length === 1 ? "h0" : ""}`).join("");
  const area = runs
    .map((run) => `M${run[0]?.[0] ?? 0} ${height}L${run.map((point) => point.join(" ")).join("L")}V${height}Z`)
    .join("");
  return { line, area, end: runs.at(-1)?.at(-1) ?? [0, 0] };
}

/** The parts of a list without gaps, each number with its place. */
function runsOf(trend: readonly (number | null)[]): [number, number][][] {
  const runs: [number, number][][] = [];
  for (const [index, number] of trend.entries()) {
    if (number === null) continue;
    if (index === 0 || trend[index - 1] === null) runs.push([]);
    runs.at(-1)?.push([index, number]);
  }
  return runs;
}

function round(number: number): number {
  return Math.round(number * 100) / 100;
}
