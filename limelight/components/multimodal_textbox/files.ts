/** What it takes to attach files and to show them, and a message of text does without. */

export { Attachments } from "./attachments.svelte";
export { default as Files } from "./parts/Files.svelte";
