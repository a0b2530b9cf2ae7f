/**
 * Ids and ARIA attributes that tie a form control to the label, info and error text that `Block` draws for it.
 *
 * Draws nothing itself; every part derives the same ids from the host, so none has to be handed around.
 */

import type { ComponentProps, Host } from "./contract";

/** Any host, whatever its props and value. */
export type BlockHost = Host<ComponentProps>;

/** What a component spreads on its control: `<input {...field(host).control} />`. */
export interface ControlAttributes {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": "true" | undefined;
}

export interface Field {
  /** Id of the control; the label's `for`. */
  id: string;
  labelId: string;
  infoId: string;
  errorId: string;
  /** Space-separated ids of what describes the control, or undefined when there is nothing. */
  describedby: string | undefined;
  /** Text of the label, also when it is not shown; never empty. */
  label: string;
  /** Whether the label is shown to the eye. */
  showLabel: boolean;
  /** Text below the label. */
  info: string | undefined;
  /** What a validator or a failed call had to say about this value. */
  error: string | undefined;
  control: ControlAttributes;
}

/** Tag → name of the kind of component, where it is not the tag in capitals. `more.ts` fills it. */
export const NAMES: Record<string, string> = {};

/** The author's label, else the name of the kind of component. */
export function labelOf(host: BlockHost): string {
  if (host.props.label !== undefined) return host.props.label;
  const own = NAMES[host.tag];
  return own ?? host.tag.charAt(0).toUpperCase() + host.tag.slice(1);
}

/** Everything about a host's control that has to agree between label, control and texts. Reactive when read in `$derived`. */
export function field(host: BlockHost): Field {
  const id = `field-${host.id}`;
  const infoId = `${id}-info`;
  const errorId = `${id}-error`;
  const info = host.props.info || undefined;
  const error = host.status.validation || undefined;
  const describedby = [error && errorId, info && infoId].filter(Boolean).join(" ") || undefined;
  return {
    id,
    labelId: `${id}-label`,
    infoId,
    errorId,
    describedby,
    label: labelOf(host),
    showLabel: host.props.show_label ?? host.props.container !== false,
    info,
    error,
    control: {
      id,
      "aria-describedby": describedby,
      "aria-invalid": error === undefined ? undefined : "true",
    },
  };
}
