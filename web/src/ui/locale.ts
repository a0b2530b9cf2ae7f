/** How the reader writes numbers: a locale of `Intl`, which changes with the page's language. Draws nothing. */

import { localeOf } from "./dates/locale";
import type { Translate } from "./phrases";

/** The reader's locale. Who reads it in `$derived` is told when the page's language changes. */
export function readersLocale(t: Translate): string {
  void t("ui.info"); // any phrase: they all change with the language
  return localeOf();
}
