/** Which language numbers, days and times are written in. */

/** The page's language, with the region of the browser's when that is the same language. */
export function localeOf(
  page = document.documentElement.lang || "en",
  browser: readonly string[] = navigator.languages,
): string {
  const main = page.split("-")[0];
  const near = browser.find((tag) => tag.split("-")[0] === main);
  try {
    return new Intl.Locale(page.includes("-") ? page : (near ?? page)).toString();
  } catch {
    return "en";
  }
}
