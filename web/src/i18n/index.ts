/**
 * The shell's phrases and the app's own translated texts, in the reader's language.
 *
 * Reactive: text read in markup or `$derived` changes with the language.
 */

import { ENGLISH, language } from "./language.svelte";

/** A phrase with its `{name}` placeholders filled; the key itself where no catalogue has it. */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const text = language.phrases[key] ?? ENGLISH[key] ?? key; // a catalogue may lack a phrase
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Markers are a prefix and a flat JSON object, possibly inside a longer text. */
const MARKER = /__i18n__(\{[^{}]*\})/g;

/** Whether a value holds text that the page has to translate. Looks into lists and objects. */
export function isTranslatable(value: unknown): boolean {
  if (typeof value === "string") return value.includes("__i18n__");
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isTranslatable);
  const object = value as Record<string, unknown>;
  if (object["__type__"] === "translation_metadata") return true;
  return Object.values(object).some(isTranslatable);
}

/** The value with all such text in the reader's language. Other parts keep their identity. */
export function translate(value: unknown): unknown {
  if (typeof value === "string") {
    if (!value.includes("__i18n__")) return value;
    return value.replace(MARKER, (whole, json: string) => fromMarker(json) ?? whole);
  }
  if (!isTranslatable(value)) return value;
  if (Array.isArray(value)) return value.map(translate);
  const object = value as Record<string, unknown>;
  if (object["__type__"] === "translation_metadata") return lookUp(String(object["key"]));
  return Object.fromEntries(Object.entries(object).map(([key, item]) => [key, translate(item)]));
}

function fromMarker(json: string): string | null {
  try {
    const { key } = JSON.parse(json) as { key?: unknown };
    return typeof key === "string" ? lookUp(key) : null;
  } catch {
    return null;
  }
}

/** The app's own translation, in the reader's language, else its main language, else English; else one of our phrases. */
function lookUp(key: string): string {
  const { current, translations } = language;
  for (const locale of [current, current.split("-")[0] ?? current, "en"]) {
    const text = translations[locale]?.[key];
    if (text !== undefined) return text;
  }
  return t(key);
}
