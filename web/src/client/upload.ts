/** Files to the server, with progress. One request for all; retries nothing. */

import type { Urls } from "./url";

/** A file as the server knows it; `path` is an opaque handle. */
export interface UploadedFile {
  path: string;
  url: string;
  orig_name: string;
  size: number;
  mime_type: string;
  is_stream: false;
  meta: { _type: "gradio.FileData" };
}

export interface UploadRequest {
  urls: Urls;
  session: string;
  files: readonly File[];
  /** Called with a fraction 0 to 1. */
  onprogress?: ((fraction: number) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Bytes; larger files are refused without sending them. */
  max_file_size?: number | null;
}

/** Rejects with an Error whose message may be shown, or with an AbortError. */
export async function upload(request: UploadRequest): Promise<UploadedFile[]> {
  const { urls, files, max_file_size } = request;
  if (files.length === 0) return [];
  const large = files.find((file) => max_file_size != null && file.size > max_file_size);
  if (large !== undefined) {
    throw new Error(`'${large.name}' is larger than the ${max_file_size ?? 0} bytes allowed here.`);
  }
  const paths = await send(request);
  return files.map((file, i) => {
    const path = paths[i] ?? "";
    return {
      path,
      url: urls.file({ path }),
      orig_name: file.name,
      size: file.size,
      mime_type: file.type,
      is_stream: false,
      meta: { _type: "gradio.FileData" },
    };
  });
}

function send({ urls, session, files, onprogress, signal }: UploadRequest): Promise<string[]> {
  return new Promise((resolve, reject) => {
    // `fetch` reports no upload progress.
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const fail = (error: Error) => {
      signal?.removeEventListener("abort", abort);
      reject(error);
    };
    if (signal?.aborted) return fail(aborted());
    signal?.addEventListener("abort", abort);
    request.open("POST", urls.api("upload", { session_hash: session }));
    request.setRequestHeader("x-gradio-user", "app");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable && event.total > 0) onprogress?.(event.loaded / event.total);
    };
    request.onabort = () => fail(aborted());
    request.onerror = () => fail(new Error("The upload failed: the server cannot be reached."));
    request.onload = () => {
      signal?.removeEventListener("abort", abort);
      const paths = request.status === 200 ? parse(request.responseText) : null;
      if (paths === null) return fail(new Error(explain(request.status, request.responseText)));
      onprogress?.(1);
      resolve(paths);
    };
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    request.send(form);
  });
}

function aborted(): Error {
  return new DOMException("The upload was stopped.", "AbortError");
}

function parse(text: string): string[] | null {
  try {
    const paths = JSON.parse(text) as unknown;
    return Array.isArray(paths) ? (paths as string[]) : null;
  } catch {
    return null;
  }
}

function explain(status: number, text: string): string {
  let detail = text;
  try {
    const value = JSON.parse(text) as { detail?: unknown };
    if (typeof value.detail === "string") detail = value.detail;
  } catch {
    // Plain text, as for files that are too large.
  }
  if (status === 413 && detail === "") detail = "The file is too large.";
  return detail.slice(0, 300) || `The upload failed with status ${status}.`;
}
