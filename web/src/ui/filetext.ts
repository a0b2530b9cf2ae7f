/** Names and sizes of files, as readers know them. Draws nothing. */

import type { FileData } from "./contract";

/** The name that the reader knows a file by. */
export function nameOf(file: FileData): string {
  if (file.orig_name) return file.orig_name;
  const path = file.path ?? file.url ?? "";
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Stem and ending, so that a long name can be cut before its ending. */
export function splitName(name: string): readonly [stem: string, ending: string] {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
}

const UNITS = ["B", "KB", "MB", "GB", "TB"] as const;

/** "2.0 B", "1.8 KB": with a base of 1024; empty when the size is unknown. */
export function sizeText(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return "";
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(1)}\u00a0${UNITS[unit] ?? ""}`;
}
