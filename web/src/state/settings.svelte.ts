/** The reader's own choices: light or dark, and the language. Both take effect at once and are remembered. */

import type { SettingsControls, ThemeMode } from "$ui/footer";
import { language } from "$i18n/language.svelte";
import { applyMode, chosenMode, rememberMode, watchSystem } from "$theme/mode";

export class Settings implements SettingsControls {
  theme: ThemeMode = $state.raw("system");

  constructor() {
    this.theme = chosenMode();
    watchSystem(() => applyMode(this.theme)); // for as long as the page lives
    applyMode(this.theme);
  }

  setTheme(mode: ThemeMode): void {
    this.theme = mode;
    rememberMode(mode);
    applyMode(mode);
  }

  get locale(): string {
    return language.current;
  }

  get locales(): readonly string[] {
    const own = language.available;
    const more = Object.keys(language.translations).filter((code) => !own.includes(code));
    return [...own, ...more].sort();
  }

  setLocale(code: string): void {
    void language.choose(code);
  }
}
