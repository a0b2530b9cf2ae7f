/** What a cell of an example shows, by the kind of component it is for. Touches no DOM. */

import type { FileData } from "$ui/contract";

export type Cell =
  | { kind: "images"; files: readonly FileData[]; text: string }
  | { kind: "color"; text: string }
  | { kind: "text"; text: string };

/** The cell for a value of a component with this tag. */
export function cellOf(tag: string, value: unknown): Cell {
  const files = picturesIn(tag, value);
  if (files.length > 0) return { kind: "images", files, text: files.map(nameOf).join(", ") };
  const text = textOf(value);
  return tag === "colorpicker" && text !== "" ? { kind: "color", text } : { kind: "text", text };
}

const PICTURES = new Set(["image", "imageeditor", "imageslider", "annotatedimage", "gallery"]);

function picturesIn(tag: string, value: unknown): readonly FileData[] {
  return PICTURES.has(tag) ? shownIn(value) : [];
}

function shownIn(value: unknown): readonly FileData[] {
  if (isFile(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(shownIn).slice(0, 3);
  if (isObject(value)) return shownIn(value["composite"] ?? value["image"] ?? value["background"]);
  return [];
}

/** Any value as one line of text. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (isFile(value)) return nameOf(value);
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join(", ");
  if (isObject(value)) return textOfObject(value);
  return JSON.stringify(value);
}

function textOfObject(value: Record<string, unknown>): string {
  const { data, text, files, video, audio } = value;
  if (Array.isArray(data)) return data.slice(0, 3).map(textOf).join("; ");
  if (typeof text === "string") return [text, textOf(files)].filter(Boolean).join(" ");
  const media = video ?? audio;
  return isFile(media) ? nameOf(media) : JSON.stringify(value);
}

function nameOf(file: FileData): string {
  const path = file.orig_name || file.path || "";
  return path.slice(path.lastIndexOf("/") + 1);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFile(value: unknown): value is FileData {
  return isObject(value) && isObject(value["meta"]) && value["meta"]["_type"] === "gradio.FileData";
}
