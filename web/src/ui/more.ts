/**
 * Adds the icons, names and phrases that only some pages need.
 *
 * The registry loads it along with any component that is not one of the commonest; a part of the shell that is loaded
 * on demand imports it.
 */

import BlockLabel from "./BlockLabel.svelte";
import { NAMES } from "./field";
import { ICONS } from "./icons";
import { MORE_ICONS } from "./moreicons";
import { MORE_NAMES } from "./morenames";
import { MORE_PHRASES } from "./morephrases";
import { PARTS } from "./parts";
import { PHRASES } from "./phrases";

Object.assign(ICONS, MORE_ICONS);
Object.assign(NAMES, MORE_NAMES);
Object.assign(PHRASES, MORE_PHRASES);
PARTS.BlockLabel = BlockLabel;
