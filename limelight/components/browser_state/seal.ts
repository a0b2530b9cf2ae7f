/**
 * A text as it lies in the browser's storage.
 *
 * Encrypted with a key made of the secret where the browser can do that, which is not so on plain http; there the text
 * lies open, with a check sum that depends on the secret.
 */

const ALGORITHM = "AES-GCM";
const IV_BYTES = 12;
/** Begins a sealed text, and says how it was made. */
const SEALED = "g1.";
const OPEN = "p1.";

/** What is stored for a text. */
export async function seal(text: string, secret: string, name: string): Promise<string> {
  const subtle = cipher();
  if (subtle === undefined) return `${OPEN}${sum(secret, name, text)}.${text}`;
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const data = await subtle.encrypt(
    { name: ALGORITHM, iv, additionalData: bytes(name) },
    await key(subtle, secret),
    bytes(text),
  );
  const joined = new Uint8Array([...iv, ...new Uint8Array(data)]);
  return SEALED + btoa(Array.from(joined, (byte) => String.fromCharCode(byte)).join(""));
}

/** The text again. Rejects if it was made with another secret, for another name, or was changed. */
export async function unseal(stored: string, secret: string, name: string): Promise<string> {
  const subtle = cipher();
  if (subtle === undefined) {
    const [, mark, text] = /^p1\.([0-9a-z]+)\.([^]*)$/.exec(stored) ?? [];
    if (text === undefined || mark !== sum(secret, name, text)) throw new Error("not ours");
    return text;
  }
  if (!stored.startsWith(SEALED)) throw new Error("not ours");
  const joined = Uint8Array.from(atob(stored.slice(SEALED.length)), (char) => char.charCodeAt(0));
  const text = await subtle.decrypt(
    { name: ALGORITHM, iv: joined.slice(0, IV_BYTES), additionalData: bytes(name) },
    await key(subtle, secret),
    joined.slice(IV_BYTES),
  );
  return new TextDecoder().decode(text);
}

/** Undefined on plain http. */
function cipher(): SubtleCrypto | undefined {
  return globalThis.crypto.subtle as SubtleCrypto | undefined;
}

async function key(subtle: SubtleCrypto, secret: string): Promise<CryptoKey> {
  // No slow derivation: the secret stands in the page.
  const digest = await subtle.digest("SHA-256", bytes(`limelight browser state\n${secret}`));
  return subtle.importKey("raw", digest, ALGORITHM, false, ["encrypt", "decrypt"]);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** A check sum against accidents (FNV-1a, 32 bits). */
function sum(...texts: string[]): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes(texts.join("\n"))) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(36);
}
