/** What stands in a navigation bar, from the links that the shell drew and those of the author. Draws nothing. */

import { safeHref } from "$ui/address";

export interface Link {
  name: string;
  href: string;
  isCurrent: boolean;
  /** Leads away from the app. */
  isExternal: boolean;
}

/** The links of the bar that the shell drew; the first is the main page. Without a bar there is that page only. */
export function pagesOf(bar: Element | null): readonly Link[] {
  const anchors = [...(bar?.querySelectorAll("a") ?? [])];
  if (anchors.length === 0) return [{ name: "", href: "./", isCurrent: true, isExternal: false }];
  return anchors.map((anchor) => ({
    name: anchor.textContent,
    href: anchor.getAttribute("href") ?? "",
    isCurrent: anchor.getAttribute("aria-current") === "page",
    isExternal: false,
  }));
}

/**
 * All links of a bar. Addresses that begin with `/` are pages of the app, wherever that is mounted; those that a link
 * must not lead to (scripts) are left away.
 */
export function linksOf(
  pages: readonly Link[],
  mainName: string | false,
  further: readonly (readonly [string, string])[],
): readonly Link[] {
  const [main, ...others] = pages;
  const root = main?.href ?? "./";
  const own = further.flatMap(([name, address]): Link[] => {
    const href = safeHref(address);
    if (href === null) return [];
    const isPage = href.startsWith("/") && !href.startsWith("//");
    return [{
      name,
      href: isPage ? root + href.slice(1) : href,
      isCurrent: false,
      isExternal: /^(https?:)?\/\//i.test(href),
    }];
  });
  const named = main && mainName !== false ? [{ ...main, name: mainName }] : [];
  return [...named, ...others, ...own];
}
