/** What a message is made of, and what becomes of a paste. Draws nothing. */

import type { FileData } from "$ui/contract";
import type { IconName } from "$ui/icons";

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

export type Kind = "image" | "audio" | "video" | "file";

const ENDINGS: readonly (readonly [Kind, RegExp])[] = [
  ["image", /\.(png|jpe?g|gif|webp|avif|bmp)$/i],
  ["audio", /\.(wav|mp3|ogg|oga|opus|m4a|flac|weba)$/i],
  ["video", /\.(mp4|webm|mov|mkv)$/i],
];

/** What sort of file it is, as far as it is drawn in another way. */
export function kindOf(type: string | null | undefined, name: string): Kind {
  const known = ENDINGS.find(([kind, ending]) => (type ? type.startsWith(`${kind}/`) : ending.test(name)));
  return known?.[0] ?? "file";
}

export const ICON_OF: Readonly<Record<Kind, IconName>> = {
  image: "image",
  audio: "music",
  video: "video",
  file: "file",
};
