/** A host for tests and specimens: a block that stands alone, without shell or server. */

import type { ComponentProps, Host, Status } from "./contract";

export const IDLE: Status = {
  stage: "idle",
  show: "full",
  position: null,
  queueSize: null,
  eta: null,
  startedAt: null,
  progress: null,
  message: null,
  validation: null,
};

/** A `Host` with the members given; everything else does nothing. */
export function stubHost<P extends object = ComponentProps & Record<string, unknown>, V = unknown>(
  props: P,
  members: Partial<Omit<Host<P, V>, "props">> & { value?: V } = {},
): Host<P, V> {
  return {
    id: 1,
    tag: "textbox",
    value: null as V,
    interactive: true,
    status: IDLE,
    children: [],
    parent: null,
    set: () => undefined,
    dispatch: () => undefined,
    listens: () => false,
    upload: () => Promise.resolve([]),
    url: (file) => file.url ?? "",
    call: () => Promise.resolve(null),
    answer: () => Promise.resolve(),
    hear: () => ({ cancel: () => undefined }),
    toast: () => undefined,
    t: (key) => key,
    block: () => null,
    embed: (tag, { value = null, ...given }) => stubHost(given as ComponentProps & Record<string, unknown>, { tag, value }),
    clearStatus: () => undefined,
    ...members,
    props,
  };
}
