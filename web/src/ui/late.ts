/** What `later.svelte.ts` loads. */

import ConnectionNotice from "./ConnectionNotice.svelte";
import { later } from "./later.svelte";
import "./more";
import { speech } from "./speech.svelte";
import Spoken from "./Spoken.svelte";
import StatusCard from "./StatusCard.svelte";
import { Toaster } from "./toaster.svelte";
import Toasts from "./Toasts.svelte";
import UpdateNotice from "./UpdateNotice.svelte";

const parts = { ConnectionNotice, speech, Spoken, StatusCard, toaster: new Toaster(), Toasts, UpdateNotice };

export type Late = typeof parts;

later.parts = parts;
