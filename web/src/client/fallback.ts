/** The event stream as a transport, before its module is loaded: keeps what it is asked to do until then. */

import { Backoff } from "./backoff";
import type { EventsOptions } from "./events";
import type { JoinBody } from "./protocol";
import type { JoinOptions, Settle, Transport } from "./transport";

export class FallbackTransport implements Transport {
  private real: Transport | null = null;
  private asked: ((transport: Transport) => void)[] = [];
  private readonly backoff = new Backoff();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: EventsOptions) {
    this.load();
  }

  join(body: JoinBody, settle: Settle, options?: JoinOptions): void {
    this.ask((transport) => transport.join(body, settle, options));
  }

  cancel(body: { fn_index: number; event_id: string }): void {
    this.ask((transport) => transport.cancel(body));
  }

  hold(): void {
    this.ask((transport) => transport.hold?.());
  }

  retry(): void {
    this.ask((transport) => transport.retry());
  }

  close(): void {
    clearTimeout(this.timer);
    this.ask((transport) => transport.close());
  }

  private ask(what: (transport: Transport) => void): void {
    if (this.real === null) this.asked.push(what);
    else what(this.real);
  }

  /** The socket may have failed because there is no server just now; then there is no module either. */
  private load(): void {
    import("./events").then(
      ({ EventsTransport }) => {
        this.real = new EventsTransport(this.options);
        for (const what of this.asked.splice(0)) what(this.real);
        if (this.backoff.attempt > 0) this.options.receiver.onstatus("online", 0);
      },
      () => {
        const delay = this.backoff.next();
        this.options.receiver.onstatus("reconnecting", this.backoff.attempt);
        this.timer = setTimeout(() => this.load(), delay);
      },
    );
  }
}
