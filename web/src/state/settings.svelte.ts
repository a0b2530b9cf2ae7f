/** The reader's own choices: light or dark, and the language. Both take effect at once and are remembered. */

import type { SettingsControls, ThemeMode } from "$ui/footer";
import { LANGUAGES } from "$i18n";
import { language } from "$i18n/language.svelte";

const CHOICE = "limelight:theme";

export class Settings implements SettingsControls {
  theme: ThemeMode = $state("system");
  private readonly system = matchMedia("(prefers-color-scheme: dark)");

  /** `?__theme=dark` in the address wins over what was chosen before. */
  constructor(query: string) {
    const wanted = /(?:^|&)__theme=(\w+)/.exec(query)?.[1] ?? remembered();
    if (wanted === "light" || wanted === "dark") this.theme = wanted;
    this.system.addEventListener("change", () => this.apply());
    this.apply();
  }

  setTheme(mode: ThemeMode): void {
    this.theme = mode;
    try {
      localStorage.setItem(CHOICE, mode);
    } catch {
      // Storage may be forbidden; the choice lasts as long as the page.
    }
    this.apply();
  }

  get locale(): string {
    return language.current;
  }

  get locales(): readonly { code: string; name: string }[] {
    const own = language.available;
    const more = Object.keys(language.translations).filter((code) => !own.includes(code));
    return [...own, ...more].sort().map((code) => ({ code, name: LANGUAGES[code] ?? code }));
  }

  setLocale(code: string): void {
    void language.choose(code);
  }

  private apply(): void {
    const dark = this.theme === "dark" || (this.theme === "system" && this.system.matches);
    document.body.classList.toggle("dark", dark);
    document.documentElement.style.colorScheme = dark ? "dark" : "light";
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}
