/** The part of the page that the address names: `#part`. */

const PATIENCE_MS = 5000;
const BY_HAND = ["wheel", "pointerdown", "touchstart", "keydown"];

function nameIn(hash: string): string {
  try {
    return decodeURIComponent(hash.slice(1));
  } catch {
    return hash.slice(1); // "#100%" is an address, too
  }
}

/**
 * Bring it into sight, as browsers do with pages that come whole: it is drawn after they looked for it, and moves while
 * what stands above is still growing. Whoever scrolls, or comes back to a page, stays where they are.
 */
export function follow(hash: string): void {
  const [visit] = performance.getEntriesByType("navigation");
  if (visit instanceof PerformanceNavigationTiming && visit.type !== "navigate") return;
  const id = nameIn(hash);
  const growth = new ResizeObserver(() => {
    document.getElementById(id)?.scrollIntoView({ behavior: "instant" });
  });
  const end = (): void => {
    growth.disconnect();
    for (const event of BY_HAND) removeEventListener(event, end);
  };
  for (const event of BY_HAND) addEventListener(event, end, { passive: true });
  setTimeout(end, PATIENCE_MS);
  growth.observe(document.body);
}
