/** Where a click on a shown picture falls in the picture itself. Touches no DOM. */

export interface Size {
  width: number;
  height: number;
}

export interface Box extends Size {
  left: number;
  top: number;
}

export type Point = readonly [x: number, y: number];

/** Where the picture lies in its element, which it fills as far as its proportions allow (`object-fit: contain`). */
export function pictureIn(element: Box, natural: Size): Box & { scale: number } {
  const scale = Math.min(element.width / natural.width, element.height / natural.height);
  const width = natural.width * scale;
  const height = natural.height * scale;
  return {
    left: element.left + (element.width - width) / 2,
    top: element.top + (element.height - height) / 2,
    width,
    height,
    scale,
  };
}

/** The pixel of the picture under a point of the window; null beside the picture. */
export function pixelAt([x, y]: Point, element: Box, natural: Size): Point | null {
  if (natural.width === 0 || natural.height === 0) return null;
  const { left, top, scale } = pictureIn(element, natural);
  const pixel = [Math.floor((x - left) / scale), Math.floor((y - top) / scale)] as const;
  const isInside =
    pixel[0] >= 0 && pixel[1] >= 0 && pixel[0] < natural.width && pixel[1] < natural.height;
  return isInside ? pixel : null;
}

const STEPS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Where an arrow key moves the point: by a fiftieth of the longer side, by one pixel with Shift. Null for other keys. */
export function moveBy(
  { key, shiftKey: isFine }: Pick<KeyboardEvent, "key" | "shiftKey">,
  from: Point,
  natural: Size,
): Point | null {
  const step = STEPS[key];
  if (step === undefined) return null;
  const far = isFine ? 1 : Math.max(1, Math.round(Math.max(natural.width, natural.height) / 50));
  const within = (value: number, size: number): number => Math.min(Math.max(value, 0), size - 1);
  return [
    within(from[0] + step[0] * far, natural.width),
    within(from[1] + step[1] * far, natural.height),
  ];
}
