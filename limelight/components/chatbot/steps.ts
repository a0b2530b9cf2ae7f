/** How a step on the way to an answer is shown. Draws nothing. */

import type { IconName } from "$ui/icons";
import type { Entry } from "./grouping";
import type { Metadata, Usage } from "./messages";

const ICONS: Record<string, IconName> = {
  tool: "settings",
  agent: "robot",
  plan: "layers",
  handoff: "arrow",
};

export function iconOf({ kind }: Metadata): IconName {
  return ICONS[kind ?? "thought"] ?? "lightbulb";
}

/** A step that is done is folded, until the reader wants to see it. */
export function isUnfolded({ status, error }: Metadata, wanted: boolean | undefined): boolean {
  return wanted ?? (status !== "done" || error !== undefined);
}

/** Whether there is anything inside a step. */
export function hasContent({ message, children }: Entry): boolean {
  const { input, output, error } = message.metadata ?? {};
  const hasText = message.content.some((part) => part.type !== "text" || part.text !== "");
  return hasText || children.length > 0 || [input, output, error].some((data) => data !== undefined && data !== null);
}

/** What a tool was given or gave, as text. */
export function dataText(data: unknown): string {
  return typeof data === "string" ? data : JSON.stringify(data, null, 2);
}

function unit(name: "millisecond" | "second" | "minute", value: number, { locale, digits }: { locale: string; digits: number }): string {
  return new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "narrow", maximumFractionDigits: digits }).format(value);
}

/** "4ms", "0.4s", "12s", "1m 5s". */
export function lasting(seconds: number, locale: string): string {
  if (seconds < 0.05) return unit("millisecond", Math.max(1, seconds * 1000), { locale, digits: 0 });
  if (seconds < 60) return unit("second", seconds, { locale, digits: seconds < 10 ? 1 : 0 });
  const whole = Math.round(seconds);
  const minutes = unit("minute", Math.floor(whole / 60), { locale, digits: 0 });
  return whole % 60 === 0 ? minutes : `${minutes} ${unit("second", whole % 60, { locale, digits: 0 })}`;
}

/** What an answer took, part by part. `say` words the tokens. */
export function usageTexts(
  usage: Usage,
  locale: string,
  say: (key: "ui.chat_tokens" | "ui.chat_rate", values: { count: string }) => string,
): string[] {
  const texts: string[] = [];
  const { model, output_tokens: tokens, seconds, cost, currency = "USD" } = usage;
  const number = (value: number, digits = 0): string =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  if (model) texts.push(model);
  if (tokens !== undefined) texts.push(say("ui.chat_tokens", { count: number(tokens) }));
  const rate = usage.tokens_per_second ?? (tokens !== undefined && seconds ? tokens / seconds : undefined);
  if (rate !== undefined) texts.push(say("ui.chat_rate", { count: number(rate, rate < 10 ? 1 : 0) }));
  if (seconds !== undefined) texts.push(lasting(seconds, locale));
  if (cost !== undefined) texts.push(money(cost, currency, locale));
  return texts;
}

function money(cost: number, currency: string, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: "currency", currency, maximumSignificantDigits: 2 }).format(cost);
  } catch {
    return `${cost} ${currency}`; // no code of a currency
  }
}
