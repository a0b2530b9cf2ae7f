/** The description of the app's endpoints, fetched when somebody asks. */

import { get } from "./http";
import type { Urls } from "./url";

/** A JSON schema. */
export type Schema = Readonly<Record<string, unknown>>;

export interface ApiParameter {
  label: string;
  parameter_name: string;
  parameter_has_default: boolean;
  parameter_default: unknown;
  type: Schema;
  python_type: { type: string; description: string };
  component: string;
  example_input: unknown;
}

export interface ApiReturn {
  label: string;
  type: Schema;
  python_type: { type: string; description: string };
  component: string;
}

export interface Endpoint {
  parameters: ApiParameter[];
  returns: ApiReturn[];
  api_visibility?: string;
  description?: string;
  code_snippets?: Record<string, string>;
}

export interface ApiInfo {
  named_endpoints: Record<string, Endpoint>;
  unnamed_endpoints: Record<string, Endpoint>;
}

/** A function that fetches once and remembers; a failure is not remembered. */
export function lazyInfo(urls: Urls): () => Promise<ApiInfo> {
  let fetched: Promise<ApiInfo> | null = null;
  return () => {
    fetched ??= (get(urls.api("info")) as Promise<ApiInfo>).catch((error: unknown) => {
      fetched = null;
      throw error;
    });
    return fetched;
  };
}
