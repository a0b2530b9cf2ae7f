/** Which tabs fit into one line. Knows widths only. */

/** Places in the line that fit, for tabs of these widths. The current one always does; the others leave room for the menu. */
export function fitting(
  widths: readonly number[],
  room: { line: number; menu: number; current: number },
): ReadonlySet<number> {
  const all = new Set(widths.keys());
  const total = widths.reduce((sum, width) => sum + width, 0);
  // Out of sight everything is 0 wide, and nothing is known.
  if (room.line === 0 || total <= room.line) return all;
  const fits = new Set([room.current]);
  let left = room.line - room.menu - (widths[room.current] ?? 0);
  for (const [index, width] of widths.entries()) {
    if (index === room.current) continue;
    if (width > left) break;
    left -= width;
    fits.add(index);
  }
  return fits;
}
