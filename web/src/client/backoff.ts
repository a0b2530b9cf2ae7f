/** How long to wait before the next try. Keeps count; knows nothing of what is tried. */

const FIRST_MS = 250;
const LONGEST_MS = 5000;

/** Doubling delays with jitter, so that a restarted server is not met by all pages in the same instant. */
export class Backoff {
  /** Tries since the last success. */
  attempt = 0;

  constructor(private readonly random: () => number = Math.random) {}

  /** Milliseconds until the next try: 250 doubling to 5000, less up to a half at random. */
  next(): number {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.attempt);
    this.attempt += 1;
    return longest * (0.5 + this.random() / 2);
  }

  reset(): void {
    this.attempt = 0;
  }
}
