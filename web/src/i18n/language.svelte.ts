/** Which language the page speaks, and its catalogue. English is built in, the others are loaded when wanted. */

import { PHRASES } from "$ui/phrases";
import shell from "./en.json";

export type Catalogue = Readonly<Record<string, string>>;

/** Locale → key → text, from the app's author. */
export type Translations = Readonly<Record<string, Catalogue>>;

/** The shell's phrases, and those that the shared parts bring along, also later. */
export const ENGLISH: Catalogue = Object.assign(PHRASES, shell);

const CATALOGUES = import.meta.glob<Catalogue>(["./*.json", "!./en.json"], { import: "default" });
const RIGHT_TO_LEFT = new Set(["ar", "fa", "he", "ur", "ps", "ckb", "yi"]);
const CHOICE = "limelight:language";

class Language {
  /** BCP 47 tag. */
  current = $state.raw("en");
  phrases = $state.raw(ENGLISH);
  translations = $state.raw<Translations>({});

  /** Speak the language chosen before, else the browser's. */
  async start(translations: Translations): Promise<void> {
    this.translations = translations;
    const wanted = [remembered(), ...navigator.languages].filter((tag) => tag !== null);
    const known = [...this.available, ...Object.keys(translations)];
    await this.speak(pick(wanted, known));
  }

  /** Locales with a catalogue. */
  get available(): string[] {
    return ["en", ...Object.keys(CATALOGUES).map((path) => path.slice(2, -".json".length))];
  }

  /** The reader's own choice; remembered. */
  async choose(locale: string): Promise<void> {
    try {
      localStorage.setItem(CHOICE, locale);
    } catch {
      // Storage may be forbidden; the choice lasts as long as the page.
    }
    await this.speak(locale);
  }

  private async speak(locale: string): Promise<void> {
    const main = locale.split("-")[0] ?? locale;
    const load = CATALOGUES[`./${locale}.json`] ?? CATALOGUES[`./${main}.json`];
    this.phrases = load === undefined ? ENGLISH : await load();
    this.current = locale;
    document.documentElement.lang = locale;
    document.documentElement.dir = RIGHT_TO_LEFT.has(main) ? "rtl" : "ltr";
  }
}

/** The first wanted language that is known, by its full tag or its main part; English if there is none. */
export function pick(wanted: readonly string[], known: readonly string[]): string {
  for (const tag of wanted) {
    const main = tag.split("-")[0] ?? tag;
    const found =
      known.find((locale) => locale.toLowerCase() === tag.toLowerCase()) ??
      known.find((locale) => locale === main) ??
      known.find((locale) => locale.split("-")[0] === main);
    if (found !== undefined) return found;
  }
  return "en";
}

function remembered(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

export const language = new Language();
