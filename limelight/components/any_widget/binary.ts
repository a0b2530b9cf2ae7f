/**
 * Bytes inside JSON, exactly. NOTE: mirrors `limelight/core/binary.py`.
 *
 * Packing copies every list and object, so what a widget goes on changing is not what was sent.
 */

/** What modules may hand over as bytes. */
export type Binary = ArrayBuffer | ArrayBufferView;

interface Packed {
  _type: "bytes";
  base64: string;
}

/** A copy as JSON; bytes of any kind become an object. */
export function pack(value: unknown): unknown {
  if (isBinary(value)) return { _type: "bytes", base64: encode(bytesOf(value)) } satisfies Packed;
  if (Array.isArray(value)) return value.map(pack);
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, pack(inner)]));
}

/** A copy with a `DataView` in place of each object that stands for bytes. */
export function unpack(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unpack);
  if (!isPlain(value)) return value;
  if (value["_type"] === "bytes" && typeof value["base64"] === "string") return decode(value["base64"]);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, unpack(inner)]));
}

/** Whether two values say the same as JSON; bytes are compared one by one. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (isBinary(one) && isBinary(other)) {
    const [a, b] = [bytesOf(one), bytesOf(other)];
    return a.length === b.length && a.every((byte, i) => byte === b[i]);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, i) => isSame(item, other[i]));
  }
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && isSame(one[name], other[name]))
  );
}

function isBinary(value: unknown): value is Binary {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

function bytesOf(value: Binary): Uint8Array {
  return value instanceof ArrayBuffer
    ? new Uint8Array(value)
    : new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const AT_A_TIME = 0x8000; // arguments of one call

function encode(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += AT_A_TIME) {
    text += String.fromCharCode(...bytes.subarray(i, i + AT_A_TIME));
  }
  return btoa(text);
}

function decode(base64: string): DataView {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return new DataView(bytes.buffer);
}
