/** Pictures that the browser holds: on its clipboard, or chosen by the reader. */

import type { Phrase } from "$ui/phrases";

/** The picture on the clipboard as a file, or the phrase for why there is none. */
export async function pictureOnClipboard(): Promise<File | Phrase> {
  // Absent on insecure pages and in some browsers.
  const clipboard = (navigator as { clipboard?: Partial<Clipboard> }).clipboard;
  if (typeof clipboard?.read !== "function") return "ui.paste_denied";
  try {
    for (const item of await clipboard.read()) {
      const type = item.types.find((candidate) => candidate.startsWith("image/"));
      if (type !== undefined) {
        const ending = type.slice("image/".length).replace(/\+.*$/, "");
        return new File([await item.getType(type)], `image.${ending}`, { type });
      }
    }
  } catch {
    return "ui.paste_denied";
  }
  return "ui.paste_none";
}

/** A file as a URL that holds it. */
export function dataUrl(file: Blob): Promise<string> {
  return new Promise((done, fail) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => fail(reader.error ?? new Error("unreadable"));
    reader.readAsDataURL(file);
  });
}
