/** Putting text and images on the clipboard. Knows nothing of what shows the result. */

/** Copy text. False if the browser did not let us; never throws. */
export async function copyText(text: string): Promise<boolean> {
  try {
    // Absent on pages that came over plain HTTP.
    if (navigator.clipboard?.writeText) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // No permission, as in some iframes: the old way may still work.
  }
  return copyBySelection(text);
}

/** Copy an image or other content. False if the browser did not let us. */
export async function copyBlob(blob: Blob): Promise<boolean> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ [blob.type]: blob })]);
    return true;
  } catch {
    return false;
  }
}

function copyBySelection(text: string): boolean {
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.style.cssText = "position:fixed;inset-block-start:0;opacity:0;font-size:16px";
  // Inside an open dialog everything outside it is inert and cannot be selected.
  (before?.closest("dialog") ?? document.body).append(area);
  try {
    area.select();
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    area.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}

/** A "copied" mark that goes out by itself after a moment. */
export const COPIED_MS = 1_500;
