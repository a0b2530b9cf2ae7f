/**
 * The halves found on nearly every page. They come with the shell.
 *
 * NOTE: the same folders as in `halves.ts` and `web/build/chunks.ts`.
 */

import Button from "../../../limelight/components/button/Button.svelte";
import Column from "../../../limelight/components/column/Column.svelte";
import Form from "../../../limelight/components/form/Form.svelte";
import Group from "../../../limelight/components/group/Group.svelte";
import Row from "../../../limelight/components/row/Row.svelte";
import Textbox, { empty } from "../../../limelight/components/textbox/Textbox.svelte";
import { learn } from "../state/empty";
import type { Half } from "./registry";

learn("textbox", { empty });

export const COMMON = Object.entries({
  button: Button,
  column: Column,
  form: Form,
  group: Group,
  row: Row,
  textbox: Textbox,
}) as [tag: string, half: Half][];
