/** What `later.svelte.ts` loads. */

import ConnectionNotice from "./ConnectionNotice.svelte";
import { later } from "./later.svelte";
import "./more";
import { spokenText } from "./spoken";
import StatusCard from "./StatusCard.svelte";
import { Toaster } from "./toaster.svelte";
import Toasts from "./Toasts.svelte";
import UpdateNotice from "./UpdateNotice.svelte";

const parts = { ConnectionNotice, spokenText, StatusCard, toaster: new Toaster(), Toasts, UpdateNotice };

export type Late = typeof parts;

later.parts = parts;
