/** What reads the text and draws its lines. Loaded when a terminal is drawn. */

export { gutter, Painter } from "./painter";
export { Screen } from "./screen";
