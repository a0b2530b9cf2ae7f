/** What `later.svelte.ts` loads. */

import ConnectionNotice from "./ConnectionNotice.svelte";
import { later } from "./later.svelte";
import "./more";
import StatusCard from "./StatusCard.svelte";
import Toasts from "./Toasts.svelte";
import UpdateNotice from "./UpdateNotice.svelte";

const parts = { ConnectionNotice, StatusCard, Toasts, UpdateNotice };

export type Late = typeof parts;

later.parts = parts;
