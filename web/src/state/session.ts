/** The name that this page goes by at the server. */

/** A new random word for each page load: State values live as long as the page. */
export function newSession(): string {
  // Not `crypto.randomUUID`, which exists on secure origins only.
  const numbers = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(numbers, (n) => n.toString(36)).join("");
}
