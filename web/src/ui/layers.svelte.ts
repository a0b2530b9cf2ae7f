/** The modal dialogs that are open. While there are any, the page behind them does not scroll. */

import { untrack } from "svelte";

let open = $state.raw<readonly HTMLDialogElement[]>([]);
let letGo = (): void => undefined;

/** Reactive: the dialog in front. All that is not inside it can neither be pressed nor read aloud. */
export function front(): HTMLDialogElement | undefined {
  return open.at(-1);
}

/** Count a dialog in that was shown; call what is returned when it is not any more. */
export function enter(dialog: HTMLDialogElement): () => void {
  // Whoever shows a dialog does not want to hear of others.
  const others = (): HTMLDialogElement[] =>
    untrack(() => open.filter((other) => other !== dialog));
  if (others().length === 0) letGo = holdPage();
  open = [...others(), dialog];
  return () => {
    const left = others();
    open = left;
    if (left.length === 0) letGo();
  };
}

function holdPage(): () => void {
  const { style, clientWidth } = document.documentElement;
  const { overflow, scrollbarGutter } = style;
  style.overflow = "hidden";
  // What a scroll bar took stays free, or everything would move.
  if (window.innerWidth > clientWidth) style.scrollbarGutter = "stable";
  return () => Object.assign(style, { overflow, scrollbarGutter });
}
