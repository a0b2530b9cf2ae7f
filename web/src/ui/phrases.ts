/**
 * The phrases that the shared parts show, in English, by key.
 *
 * Knows nothing of languages: the shell's catalogue may hold a translation under the same key, and wins. These are the
 * phrases of the shell and of the commonest components; `more.ts` adds the others.
 */

import type { MORE_PHRASES } from "./morephrases";

/** Text for a key, with `{name}` placeholders filled; the key itself when the catalogue does not have it. */
export type Translate = (key: string, values?: Record<string, string | number>) => string;

const COMMON = {
  "ui.submit": "Submit",
  "ui.stop": "Stop",
  "ui.characters_left": "{count} characters left",
  "ui.connection_lost": "Connection Lost. Reconnecting…",
  "ui.footer_api": "Use via API",
  "ui.footer_built": "Built with Limelight",
  "ui.footer_settings": "Settings",
} as const;

export type CommonPhrase = keyof typeof COMMON;
export type Phrase = CommonPhrase | keyof typeof MORE_PHRASES;

/** Key → text, of the phrases that the page has loaded. */
export const PHRASES: Record<string, string> = { ...COMMON };

/** `text` with each `{name}` replaced by its value. */
export function fill(text: string, values: Record<string, string | number> = {}): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The phrase in the reader's language, in English where the catalogue lacks it or there is none. */
export function phrase(
  t: Translate | null | undefined,
  key: Phrase,
  values?: Record<string, string | number>,
): string {
  const text = t?.(key, values);
  return text === undefined || text === key ? fill(PHRASES[key] ?? key, values) : text;
}
