/** Answers to questions of running functions. */

import type { Client } from "./client";
import { post } from "./http";

/** Answer a question; null declines. */
export async function answer(client: Pick<Client, "urls" | "session">, question: string, value: unknown): Promise<void> {
  await post(client.urls.api(`ask/${question}`), { session_hash: client.session, answer: value });
}
