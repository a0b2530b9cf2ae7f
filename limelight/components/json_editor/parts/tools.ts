/** What only readers need who do something with a document. Loaded once the tree is there. */

export { default as FindBar } from "$ui/FindBar.svelte";
export { perform, put, retype, route, search } from "../edits";
export { choicesAt as choices, problems, type Schema } from "../shape";
export { default as Edit } from "./Edit.svelte";
export { default as Menu, type Deed } from "./Menu.svelte";
export { default as Source } from "./Source.svelte";
export { write } from "../written";
export { keys } from "./keys";
