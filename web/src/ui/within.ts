/** Attachment that tells when the focus comes into an element and when it leaves; what is inside does not matter. */

export interface Crossings {
  enter?: () => void;
  leave?: () => void;
  /** Whether it is still there after all, as while the browser shows something of its own. */
  stays?: () => boolean;
}

export function within({ enter, leave, stays }: Crossings): (element: HTMLElement) => () => void {
  return (element) => {
    let isInside = false;
    const come = (): void => {
      if (isInside) return;
      isInside = true;
      enter?.();
    };
    const go = (event: FocusEvent): void => {
      const to = event.relatedTarget;
      if (to instanceof Node && element.contains(to)) return;
      if (stays?.()) return;
      isInside = false;
      leave?.();
    };
    element.addEventListener("focusin", come);
    element.addEventListener("focusout", go);
    return () => {
      element.removeEventListener("focusin", come);
      element.removeEventListener("focusout", go);
    };
  };
}
