/** Files that are dragged onto an element and let go there, or chosen in the browser's dialog. Draws nothing. */

import { filesOf } from "./uploader.svelte";

export interface DroppingOptions {
  /** Whether files are taken now. */
  takes: boolean;
  /** Take the files inside dropped folders. */
  directory?: boolean;
  onfiles: (files: File[]) => unknown;
  /** Called when there was no file in what was dropped. */
  onempty: () => void;
}

export class Dropping {
  // Entering a child fires dragleave on its parent, so entries are counted.
  #depth = $state(0);
  #options: () => DroppingOptions;

  /** `options` is read anew at each use, so that it may be reactive. */
  constructor(options: () => DroppingOptions) {
    this.#options = options;
  }

  /** Whether files are held over the element. */
  get isOver(): boolean {
    return this.#depth > 0;
  }

  /** Take files that are let go on the element; where it writes for a chat, on all of its page. */
  readonly attach = (element: HTMLElement): (() => void) => {
    const place: EventTarget = element.closest(".chat-composer") ? window : element;
    const listeners = { dragenter: this.enter, dragover: this.over, dragleave: this.leave, drop: this.drop };
    const listening = new AbortController();
    const { signal } = listening;
    for (const [name, listener] of Object.entries(listeners)) {
      // One in a tab that is not shown takes nothing.
      const heard = (event: Event): void => void (element.checkVisibility?.() !== false && listener(event as DragEvent));
      place.addEventListener(name, heard, { signal });
    }
    // What another element takes does not come up here.
    place.addEventListener("drop", () => (this.#depth = 0), { signal, capture: true });
    return () => listening.abort();
  };

  readonly enter = (event: DragEvent): void => {
    if (this.#brought(event)) this.#depth += 1;
  };

  readonly over = (event: DragEvent): void => {
    const transfer = this.#brought(event);
    if (transfer) transfer.dropEffect = "copy";
  };

  readonly leave = (): void => {
    this.#depth = Math.max(0, this.#depth - 1);
  };

  readonly drop = (event: DragEvent): void => {
    this.#depth = 0;
    const transfer = event.defaultPrevented ? null : this.#brought(event);
    if (!transfer) return;
    event.stopPropagation();
    void this.take(transfer);
  };

  /** Hand over the files of a drop or paste. */
  async take(transfer: DataTransfer): Promise<void> {
    const { directory, onfiles, onempty } = this.#options();
    const files = await filesOf(transfer, directory);
    if (files.length === 0) onempty();
    else await onfiles(files);
  }

  /** What a drag brings, if it is ours: it has files, and they are taken. */
  #brought(event: DragEvent): DataTransfer | null {
    const { dataTransfer } = event;
    if (!this.#options().takes || !dataTransfer?.types.includes("Files")) return null;
    event.preventDefault();
    return dataTransfer;
  }
}

/** What was chosen; the field is emptied, so that choosing the same file again is a change again. */
export function chosenFiles(input: HTMLInputElement | undefined): File[] {
  const files = [...(input?.files ?? [])];
  if (input) input.value = "";
  return files;
}
