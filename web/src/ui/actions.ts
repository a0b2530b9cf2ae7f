/** Which icon buttons a block shows: its built-in actions and the app's own Button blocks. Draws nothing. */

import type { ComponentProps, FileData, Host } from "./contract";
import type { BlockHost } from "./field";
import type { IconName } from "./icons";

/** A built-in button of a component. */
export interface Action {
  /** The name that authors use in `buttons=[...]`. */
  name: string;
  /** Accessible name and tooltip, translated. */
  label: string;
  icon: IconName;
  onclick?: (event: MouseEvent) => void;
  /** Makes it a link. */
  href?: string | undefined;
  download?: string | boolean | undefined;
  target?: string | undefined;
  pressed?: boolean | undefined;
  filled?: boolean;
  disabled?: boolean;
  testid?: string;
  /** Drawn whatever `buttons` says ("Clear", "Edit"). */
  always?: boolean;
  /** Drawn only if `buttons` names it. */
  optional?: boolean;
}

export interface ActionItem {
  kind: "action";
  key: string;
  action: Action;
}

/** A Button block of the app, shown small. */
export interface CustomItem {
  kind: "custom";
  key: string;
  host: Host;
  text: string;
  /** Name for assistive technology when there is no text. */
  name: string;
  image: string | null;
  id: string | undefined;
  classes: readonly string[] | undefined;
  disabled: boolean;
}

interface ButtonProps extends ComponentProps {
  icon?: FileData;
}

/** The buttons of a block in the order drawn: chosen built-ins and custom ones as listed, then those that are always there. */
export function chosen(
  host: BlockHost,
  actions: readonly Action[],
): (ActionItem | CustomItem)[] {
  const wanted = host.props.buttons;
  const plain = (action: Action): ActionItem => ({
    kind: "action",
    key: `action-${action.name}`,
    action,
  });
  if (wanted === undefined) return actions.filter((action) => !action.optional).map(plain);

  const items: (ActionItem | CustomItem)[] = [];
  for (const name of wanted) {
    if (typeof name === "number") {
      const item = custom(host, name);
      if (item) items.push(item);
    } else {
      const action = actions.find((candidate) => candidate.name === name && !candidate.always);
      if (action) items.push(plain(action));
    }
  }
  return [...items, ...actions.filter((action) => action.always).map(plain)];
}

/** What a click on a custom button does: the same as on the Button block itself. */
export function press(button: Host): void {
  button.dispatch("click");
}

function custom(host: BlockHost, id: number): CustomItem | null {
  const button = host.block(id);
  if (button === null || button.props.visible === false || button.props.visible === "hidden") {
    return null;
  }
  const props: ButtonProps = button.props;
  return {
    kind: "custom",
    key: `block-${id}`,
    host: button,
    text: typeof button.value === "string" ? button.value : "",
    name: props.label ?? `Button ${id}`,
    image: props.icon ? button.url(props.icon) : null,
    id: props.elem_id || undefined,
    classes: props.elem_classes,
    disabled: props.interactive === false,
  };
}
