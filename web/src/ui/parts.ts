/** Parts of a block that the commonest components have no use for. `more.ts` fills it. */

import type BlockLabel from "./BlockLabel.svelte";

export const PARTS: { BlockLabel?: typeof BlockLabel } = {};
