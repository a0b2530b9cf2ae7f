/** Parts of the conversation that are fetched when one is first needed. */

import { laidOut } from "$ui/pace";

const LOADERS = {
  // To fetch anything takes a while: not what the first frame waits for.
  actions: () => laidOut().then(() => import("./parts/Actions.svelte")),
  ask: () => import("./Ask.svelte"),
  steps: () => import("./parts/Step.svelte"),
  extras: () => import("./parts/Extras.svelte"),
  pane: () => import("./parts/Pane.svelte"),
  queue: () => import("./parts/Queue.svelte"),
  edit: () => import("./parts/Edit.svelte"),
  feedback: () => import("./parts/Feedback.svelte"),
};

type Loaders = typeof LOADERS;
type Part<N extends keyof Loaders> = Awaited<ReturnType<Loaders[N]>>["default"];

class Late {
  private got = $state.raw<{ [N in keyof Loaders]?: Part<N> }>({});
  private readonly asked: Partial<Record<keyof Loaders, Promise<unknown>>> = {};

  /** The part, when it is there; who reads this in markup is told. */
  get<N extends keyof Loaders>(name: N): Part<N> | undefined {
    const part = this.got[name];
    if (part === undefined) this.asked[name] ??= this.load(name);
    return part as Part<N> | undefined;
  }

  private async load(name: keyof Loaders): Promise<void> {
    const part = (await LOADERS[name]()).default;
    this.got = { ...this.got, [name]: part };
  }
}

export const late = new Late();
