/** A size as authors write it, as CSS: numbers are pixels. */
export function length(size: number | string | undefined): string | undefined {
  return typeof size === "number" ? `${size}px` : size || undefined;
}
