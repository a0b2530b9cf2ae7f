/** Requests to the app's own server, with its errors as Errors. Retries nothing. */

import { RefusedError } from "./protocol";

/** Status codes that a proxy gives when the server behind it cannot be reached. */
const UNREACHABLE = new Set([502, 504, 520, 521, 522, 523, 524]);

/** The server could not be reached: no answer, or a proxy's. */
export class UnreachableError extends Error {
  constructor() {
    super("The server cannot be reached.");
    this.name = "UnreachableError";
  }
}

/**
 * JSON out, JSON back. A body that is a form is sent as it is.
 *
 * Throws UnreachableError when there was no answer, RefusedError for an answer other than 2xx.
 */
export async function post(url: string, body: object): Promise<unknown> {
  const form = body instanceof FormData;
  const headers: Record<string, string> = { "x-gradio-user": "app" };
  if (!form) headers["Content-Type"] = "application/json";
  return request(url, { method: "POST", headers, body: form ? body : JSON.stringify(body) });
}

export async function get(url: string): Promise<unknown> {
  return request(url, {});
}

async function request(url: string, init: RequestInit): Promise<unknown> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { credentials: "same-origin", ...init });
    text = await response.text();
  } catch {
    throw new UnreachableError();
  }
  if (UNREACHABLE.has(response.status)) throw new UnreachableError();
  const value = parse(text);
  if (!response.ok) throw new RefusedError(response.status, detail(value, text));
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function detail(value: unknown, text: string): unknown {
  if (typeof value !== "object" || value === null) return text.slice(0, 300);
  const { detail, error } = value as { detail?: unknown; error?: unknown };
  return detail ?? error ?? null;
}
