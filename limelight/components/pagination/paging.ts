/** Which entries are on which page. Touches no DOM. */

/** A page, and how large pages are once that is not what the server says. */
export interface PageOf {
  page: number;
  page_size: number;
}

/** As it crosses the wire. */
export type PageValue = number | PageOf | null;

/** Where one is. */
export interface Place {
  /** From 1, and never past the last one. */
  page: number;
  /** At least one, which may be empty. */
  pages: number;
  /** First and last entry shown, from 1; both 0 if there is none. */
  from: number;
  to: number;
}

/** How large pages are, if the value says so. */
export function sizeIn(value: PageValue): number | undefined {
  return typeof value === "object" ? value?.page_size : undefined;
}

/** The page that a value means. */
export function pageIn(value: PageValue): number {
  return (typeof value === "object" ? value?.page : value) ?? 1;
}

/** Where one is on this page. */
export function placeOf(page: number, size: number, total: number): Place {
  const pages = Math.max(1, Math.ceil(total / size));
  const there = Math.min(Math.max(1, page), pages);
  return {
    page: there,
    pages,
    from: Math.min((there - 1) * size + 1, total),
    to: Math.min(there * size, total),
  };
}

/** The page, at another size, that the first entry of this one is on. */
export function pageAt(place: Place, size: number): number {
  return Math.floor(Math.max(0, place.from - 1) / size) + 1;
}
