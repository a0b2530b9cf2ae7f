/**
 * Light, dark, or as the system says: what was chosen, and putting it on the page.
 *
 * `?__theme=dark` in the address wins over the stored choice, and lasts for that page only.
 */

export type Mode = "light" | "dark" | "system";

// NOTE: the same key and rule as in MODE_SCRIPT of limelight/themes/css.py, which runs before the first paint.
const CHOICE = "limelight:theme";

const MODES: readonly string[] = ["light", "dark", "system"] satisfies Mode[];

function isMode(value: string | null | undefined): value is Mode {
  return value != null && MODES.includes(value);
}

/** What the address asks for, else what was chosen before, else "system". */
export function chosenMode(query: string = location.search): Mode {
  const asked = new URLSearchParams(query).get("__theme");
  if (isMode(asked)) return asked;
  try {
    const stored = localStorage.getItem(CHOICE);
    return isMode(stored) ? stored : "system";
  } catch {
    return "system"; // storage may be forbidden
  }
}

/** Keep the choice for the next visits to this origin. */
export function rememberMode(mode: Mode): void {
  try {
    localStorage.setItem(CHOICE, mode);
  } catch {
    // Storage may be forbidden; the choice lasts as long as the page.
  }
}

function system(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}

export function isDark(mode: Mode): boolean {
  return mode === "dark" || (mode === "system" && system().matches);
}

/** Draw the page light or dark: the class `dark` on the body, and what the browser draws itself. */
export function applyMode(mode: Mode): void {
  const dark = isDark(mode);
  document.body.classList.toggle("dark", dark);
  document.documentElement.style.colorScheme = dark ? "dark" : "light";
  let meta = document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]');
  if (!meta) {
    meta = document.createElement("meta");
    meta.name = "color-scheme";
    document.head.append(meta);
  }
  meta.content = dark ? "dark" : "light";
}

/** Call back whenever the system turns light or dark. Returns what ends it. */
export function watchSystem(changed: () => void): () => void {
  const query = system();
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
