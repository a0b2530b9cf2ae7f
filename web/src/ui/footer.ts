/** What the page's footer, its API documentation and its settings need of the shell. Types and defaults only. */

import type { Translate } from "./phrases";

/** A JSON schema, as far as the documentation reads it. */
export type Schema = Readonly<Record<string, unknown>>;

export interface PythonType {
  type: string;
  description: string;
}

export interface ApiParameter {
  label: string;
  parameter_name: string;
  parameter_has_default: boolean;
  parameter_default: unknown;
  type: Schema;
  python_type: PythonType;
  component: string;
  example_input: unknown;
}

export interface ApiReturn {
  label: string;
  type: Schema;
  python_type: PythonType;
  component: string;
}

export interface ApiEndpoint {
  parameters: readonly ApiParameter[];
  returns: readonly ApiReturn[];
  description?: string;
  api_visibility?: string;
}

/** Answer of `gradio_api/info`. */
export interface ApiInfo {
  named_endpoints: Readonly<Record<string, ApiEndpoint>>;
  unnamed_endpoints?: Readonly<Record<string, ApiEndpoint>>;
}

export interface FooterLink {
  label: string;
  url: string;
}

/** The members of the page's config that the footer reads. */
export interface FooterConfig {
  footer_links?: readonly (string | FooterLink)[] | null;
  username?: string | null;
  components: readonly { id: number; skip_api?: boolean }[];
  dependencies: readonly { api_name?: string | null | false; inputs: readonly number[] }[];
}

export type ThemeMode = "light" | "dark" | "system";

/** The reader's choices; the setters take effect at once and remember. */
export interface SettingsControls {
  /** Reactive. */
  readonly theme: ThemeMode;
  setTheme(mode: ThemeMode): void;
  /** Reactive: the code in use, as "pt-BR". */
  readonly locale: string;
  readonly locales: readonly string[];
  setLocale(code: string): void;
}

export interface FooterProps {
  config: FooterConfig;
  /** Fetch the list of endpoints; called when the documentation is opened. */
  info: () => Promise<ApiInfo>;
  /** The value a component has on the page, as JSON for the wire; undefined if there is none. */
  values: (componentId: number) => unknown;
  /** Absolute URL of the app, with or without a slash at the end. */
  root: string;
  settings?: SettingsControls;
  t?: Translate | null;
}

/** What the footer shows when the app's author chose nothing. */
export const DEFAULT_LINKS: readonly string[] = ["api", "gradio", "settings"];
