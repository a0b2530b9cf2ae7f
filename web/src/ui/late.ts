/** What `later.svelte.ts` loads. */

import Around from "./Around.svelte";
import { later } from "./later.svelte";
import "./more";
import StatusCard from "./StatusCard.svelte";
import { Toaster } from "./toaster.svelte";

const parts = { Around, StatusCard, toaster: new Toaster() };

export type Late = typeof parts;

later.parts = parts;
