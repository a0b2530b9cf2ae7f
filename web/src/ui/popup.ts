/**
 * Menus and lists that open beside a control, in the browser's top layer: never clipped, above everything.
 *
 * Only places them; what is inside, and when it opens and closes, is the component's affair.
 */

/** Room between the control and what opens beside it, and at the edges of the window. */
const GAP_PX = 4;
const EDGE_PX = 8;
/** A list under a narrow control is wider than it, or nothing could be read. */
const LEAST_PX = 240;

/** Of the control: where a popup opens if there is room. */
export type Side = "bottom" | "top" | "left" | "right";

export interface PopupOptions {
  /** Be as wide as the control, within reason. */
  match?: boolean;
  /** Edge of the control to line up with, in the direction of reading; `center` is the middle of any side. */
  align?: "start" | "end" | "center";
  side?: Side;
  /** Pixels; there may be less room. */
  maxHeight?: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a popup of this size goes, in pixels of the window. */
export interface Place {
  left: number;
  top: number;
  maxHeight: number;
  above: boolean;
}

interface Size {
  width: number;
  height: number;
}

/** The window, and what is wanted of a place in it. */
interface View extends Size {
  maxHeight: number;
  /** Line up with the right edge of the control. */
  right: boolean;
  centered?: boolean;
  side?: Side;
}

/** On the side that is wanted; on the opposite one when there is too little room and more there. Never beyond the window. */
export function place(control: Box, popup: Size, view: View): Place {
  const { side = "bottom", centered = false } = view;
  const beside = side === "left" || side === "right" ? placeBeside(control, popup, view) : null;
  if (beside) return beside;
  const below = view.height - control.bottom - GAP_PX - EDGE_PX;
  const over = control.top - GAP_PX - EDGE_PX;
  const wanted = Math.min(popup.height, view.maxHeight);
  const above =
    side === "top" ? wanted <= over || over >= below : wanted > below && over > below;
  const maxHeight = Math.max(0, Math.min(view.maxHeight, above ? over : below));
  const height = Math.min(wanted, maxHeight);
  const edge = view.right ? control.right - popup.width : control.left;
  const left = centered ? (control.left + control.right - popup.width) / 2 : edge;
  return {
    left: within(left, popup.width, view.width),
    top: above ? control.top - GAP_PX - height : control.bottom + GAP_PX,
    maxHeight,
    above,
  };
}

/** Left or right of the control; null where it fits on neither side. */
function placeBeside(control: Box, popup: Size, { side, centered, ...view }: View): Place | null {
  const before = control.left - GAP_PX - EDGE_PX;
  const after = view.width - control.right - GAP_PX - EDGE_PX;
  const isLeftWanted = side === "left";
  const fits = popup.width <= (isLeftWanted ? before : after);
  if (!fits && popup.width > (isLeftWanted ? after : before)) return null;
  const maxHeight = Math.min(view.maxHeight, view.height - 2 * EDGE_PX);
  const height = Math.min(popup.height, maxHeight);
  const top = centered ? (control.top + control.bottom - height) / 2 : control.top;
  return {
    left: isLeftWanted === fits ? control.left - GAP_PX - popup.width : control.right + GAP_PX,
    top: within(top, height, view.height),
    maxHeight,
    above: false,
  };
}

/** A position from which the length stays inside the window. */
function within(position: number, length: number, room: number): number {
  return Math.max(EDGE_PX, Math.min(position, room - length - EDGE_PX));
}

/** Attachment: shows the element in the top layer beside `control`, and keeps it there while the page moves. */
export function popup(
  control: () => HTMLElement | null | undefined,
  { match = false, align = "start", side = "bottom", maxHeight = 320 }: PopupOptions = {},
): (element: HTMLElement) => () => void {
  return (element) => {
    // Absent in browsers before 2024 and in jsdom: then `position: fixed` alone has to do.
    if (typeof element.showPopover === "function") {
      element.setAttribute("popover", "manual");
      element.showPopover();
    }
    let frame = 0;

    const update = (): void => {
      frame = 0;
      const box = control()?.getBoundingClientRect();
      if (!box) return;
      const { style } = element;
      const widest = document.documentElement.clientWidth - 2 * EDGE_PX;
      if (match) style.width = `${Math.max(box.width, Math.min(LEAST_PX, widest))}px`;
      style.maxHeight = `${maxHeight}px`;
      const size = element.getBoundingClientRect();
      const isRightToLeft = getComputedStyle(element).direction === "rtl";
      const at = place(box, size, {
        width: document.documentElement.clientWidth,
        height: window.visualViewport?.height ?? window.innerHeight,
        maxHeight,
        right: isRightToLeft === (align === "start"),
        centered: align === "center",
        side,
      });
      style.left = `${at.left}px`;
      style.top = `${at.top}px`;
      style.maxHeight = `${at.maxHeight}px`;
    };
    const soon = (event?: Event): void => {
      if (event?.target instanceof Element && element.contains(event.target)) return;
      frame ||= requestAnimationFrame(update);
    };

    update();
    const sizes = new ResizeObserver(() => soon());
    sizes.observe(element);
    const box = control();
    if (box) sizes.observe(box);
    document.addEventListener("scroll", soon, { capture: true, passive: true });
    window.addEventListener("resize", soon);
    window.visualViewport?.addEventListener("resize", soon);

    return () => {
      cancelAnimationFrame(frame);
      sizes.disconnect();
      document.removeEventListener("scroll", soon, { capture: true });
      window.removeEventListener("resize", soon);
      window.visualViewport?.removeEventListener("resize", soon);
      // One that stays on the page, to be shown again.
      if (element.isConnected && element.popover === "manual") element.hidePopover();
    };
  };
}
