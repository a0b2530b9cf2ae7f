/** Sorts of files, as far as they are drawn in different ways. */

import type { IconName } from "$ui/icons";

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
