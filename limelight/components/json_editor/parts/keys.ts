/** What the keys do on a row of the tree, by the tree pattern of WAI-ARIA and as editors have it. */

import { target, type Row } from "$ui/jsontree";
import type { Node } from "../document";
import type { Deed } from "./Menu.svelte";

/** A row with the focus, and what can be done from there. */
interface Spot {
  row: Row<Node>;
  rows: readonly Row<Node>[];
  go: (id: number) => void;
  fold: (isOpen: boolean) => void;
  edit: () => void;
  deed: (what: Deed) => void;
  find: () => void;
  /** Open the menu of the row. */
  open: () => void;
  /** Undo what was done last, or do it again. */
  turn: (isBack: boolean) => void;
}

const DEEDS: Readonly<Record<string, Deed>> = { F2: "rename", Delete: "remove", Insert: "add" };

function command(letter: string, isShifted: boolean, spot: Spot): boolean {
  if (letter === "z" || letter === "y") spot.turn(letter === "z" && !isShifted);
  else if (letter === "d") spot.deed("duplicate");
  else if (letter === "f") spot.find();
  else return false;
  return true;
}

/** Where an arrow leads that unfolds and folds. */
function sideways({ row, fold }: Spot, isInward: boolean): "inside" | "outside" | null {
  if (row.isOpen === isInward) return isInward ? "inside" : "outside";
  if (row.isOpen === null) return isInward ? null : "outside";
  fold(isInward);
  return null;
}

function plainKey({ key, shiftKey }: KeyboardEvent, spot: Spot): boolean {
  const { row, rows, go } = spot;
  const step = (way: string | null): void => {
    const to = way === null ? null : target(rows, rows.indexOf(row), way);
    if (to) go(to.value.id);
  };
  const deed = DEEDS[key];
  if (deed) spot.deed(deed);
  else if (key === "/") spot.find();
  else if (key === "ContextMenu" || (key === "F10" && shiftKey)) spot.open();
  else if (key === "ArrowRight" || key === "ArrowLeft") step(sideways(spot, key === "ArrowRight"));
  else if (key === "Enter" || key === " ") {
    if (row.isOpen === null) spot.edit();
    else spot.fold(!row.isOpen);
  } else if (["ArrowUp", "ArrowDown", "Home", "End"].includes(key)) step(key);
  else return false;
  return true;
}

export function keys(event: KeyboardEvent, spot: Spot): void {
  if (event.target !== event.currentTarget) return;
  const { key, altKey } = event;
  let isOurs: boolean;
  if (event.ctrlKey || event.metaKey) isOurs = command(key.toLowerCase(), event.shiftKey, spot);
  else if (altKey) {
    isOurs = key === "ArrowUp" || key === "ArrowDown";
    if (isOurs) spot.deed(key === "ArrowUp" ? "up" : "down");
  } else isOurs = plainKey(event, spot);
  if (isOurs) event.preventDefault();
}
