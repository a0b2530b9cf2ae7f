/** What a message is made of, and what becomes of a paste. Draws nothing. */

import type { FileData } from "$ui/contract";

/** What crosses the wire. */
export interface Message {
  text: string;
  files: readonly FileData[];
}

/** A message that says nothing. */
export const EMPTY: Message = { text: "", files: [] };

const NAME_OF_TEXT = "pasted_text.txt";

/**
 * The files that a paste brings; null if it is text that belongs into the field.
 * A text longer than `most` characters becomes a file. Where there is both, as from a spreadsheet, the text is meant.
 */
export function pastedFiles(data: DataTransfer, most: number): readonly File[] | null {
  const text = data.getData("text/plain");
  if (text === "") return data.files.length > 0 ? [...data.files] : null;
  return text.length > most ? [new File([text], NAME_OF_TEXT, { type: "text/plain" })] : null;
}
