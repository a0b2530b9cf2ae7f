/** Choosing and sending files: which are accepted, how far the upload is, what went wrong. Draws nothing. */

import type { FileData } from "./contract";
import type { BlockHost } from "./field";
import { phrase, type Phrase } from "./phrases";

/** What the drop zone asks for. */
export type UploadKind =
  | "image"
  | "audio"
  | "video"
  | "media"
  | "pdf"
  | "gallery"
  | "csv"
  | "model"
  | "directory"
  | "file";

export interface UploaderOptions {
  host: BlockHost;
  /** MIME types, `image/*`, `.pdf`, or kinds such as `image`; empty accepts everything. */
  accept?: readonly string[];
  multiple?: boolean;
  /** Called once everything is on the server. */
  onfiles: (data: FileData[], files: File[]) => void;
}

const KINDS = new Set(["image", "audio", "video", "text", "application", "font", "model"]);

/** Author's file types as a list that browsers understand: `image` → `image/*`, `pdf` → `.pdf`; `file` means everything. */
export function acceptList(accept: string | readonly string[] | null | undefined): string[] {
  const given = typeof accept === "string" ? accept.split(",") : (accept ?? []);
  const list = given.map((type) => type.trim().toLowerCase()).filter((type) => type !== "");
  if (list.some((type) => type === "file" || type === "*" || type === "*/*")) return [];
  return list.map((type) => {
    if (type.startsWith(".") || type.includes("/")) return type;
    return KINDS.has(type) ? `${type}/*` : `.${type}`;
  });
}

/** Whether a file is of one of the types; `accept` as made by `acceptList`. */
export function accepts(file: Pick<File, "name" | "type">, accept: readonly string[]): boolean {
  if (accept.length === 0) return true;
  const name = file.name.toLowerCase();
  const type = (file.type || guess(name)).toLowerCase();
  return accept.some((wanted) => {
    if (wanted.startsWith(".")) return name.endsWith(wanted);
    if (wanted.endsWith("/*")) return type.startsWith(wanted.slice(0, -1));
    return type === wanted;
  });
}

/** The sentence on the drop zone for a kind of file. */
export function dropPhrase(kind: UploadKind): Phrase {
  return `ui.upload_drop_${kind}`;
}

// Some systems know no type for these, and a dropped file would be refused though the file dialog allows it.
const EXTENSIONS: Readonly<Record<string, string>> = {
  avif: "image/avif",
  csv: "text/csv",
  flac: "audio/flac",
  glb: "model/gltf-binary",
  gltf: "model/gltf+json",
  heic: "image/heic",
  m4a: "audio/mp4",
  md: "text/markdown",
  mkv: "video/x-matroska",
  mov: "video/quicktime",
  obj: "model/obj",
  ogg: "audio/ogg",
  opus: "audio/opus",
  py: "text/x-python",
  stl: "model/stl",
  svg: "image/svg+xml",
  tif: "image/tiff",
  tiff: "image/tiff",
  webp: "image/webp",
};

function guess(name: string): string {
  return EXTENSIONS[name.slice(name.lastIndexOf(".") + 1)] ?? "";
}

/** Sends files for one block, one batch at a time. */
export class Uploader {
  /** Fraction sent, 0 to 1; null when nothing is being sent. */
  progress = $state<number | null>(null);
  /** What went wrong with the last attempt, for the reader. */
  error = $state<string | null>(null);
  /** The names being sent. */
  names = $state<readonly string[]>([]);

  #options: () => UploaderOptions;
  #abort: AbortController | null = null;

  /** `options` is read anew at each use, so that it may be reactive. */
  constructor(options: () => UploaderOptions) {
    this.#options = options;
  }

  get busy(): boolean {
    return this.progress !== null;
  }

  /** Check the files, send them, hand over what the server made of them. Failures end in `error`. */
  async send(files: readonly File[]): Promise<void> {
    const { host, onfiles, ...rest } = this.#options();
    if (this.busy) return;
    this.error = this.#refusal(files, rest);
    if (this.error !== null || files.length === 0) return;

    const abort = new AbortController();
    this.#abort = abort;
    this.progress = 0;
    this.names = files.map((file) => file.name);
    try {
      const data = await host.upload(files, {
        signal: abort.signal,
        onprogress: (fraction) => {
          if (this.#abort === abort) this.progress = fraction;
        },
      });
      if (!abort.signal.aborted) onfiles(data, [...files]);
    } catch (error) {
      if (!abort.signal.aborted) this.error = messageOf(error) || phrase(host.t, "ui.upload_failed");
    } finally {
      if (this.#abort === abort) this.#finish();
    }
  }

  cancel(): void {
    this.#abort?.abort();
    this.#finish();
  }

  #finish(): void {
    this.#abort = null;
    this.progress = null;
    this.names = [];
  }

  #refusal(files: readonly File[], options: Pick<UploaderOptions, "accept" | "multiple">): string | null {
    const { t } = this.#options().host;
    const accept = options.accept ?? [];
    const wrong = files.find((file) => !accepts(file, accept));
    if (wrong) {
      return phrase(t, "ui.upload_type", { name: wrong.name, accept: accept.join(", ") });
    }
    if (!options.multiple && files.length > 1) {
      return phrase(t, "ui.upload_one", { count: files.length });
    }
    return null;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

/** The files of a drop or paste, with those inside dropped folders when `directory` is true. */
export async function filesOf(transfer: DataTransfer, directory = false): Promise<File[]> {
  if (!directory) return [...transfer.files];
  // The entries must be taken before the first await: the list is emptied when the event is over.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  const files = [...transfer.files];
  if (entries.every((entry) => entry === null)) return files;
  const found = await Promise.all(entries.map((entry) => (entry ? walk(entry) : [])));
  return found.flat();
}

async function walk(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return [await new Promise<File>((done, fail) => entry.file(done, fail))];
  if (!isDirectory(entry)) return [];
  const reader = entry.createReader();
  const files: File[] = [];
  for (;;) {
    // A reader answers at most 100 entries at a time; an empty answer is the end.
    const batch = await new Promise<FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    );
    if (batch.length === 0) return files;
    files.push(...(await Promise.all(batch.map(walk))).flat());
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}

function isDirectory(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory;
}
