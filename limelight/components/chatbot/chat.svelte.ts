/** One conversation on the page: what it shows, and what the reader does with it. */

import type { Host } from "$ui/contract";
import { copyText } from "$ui/copy";
import { phrase, type Phrase } from "$ui/phrases";
import type { ChatbotProps } from "./chatbot.gen";
import { Grouper, isStep, type Group } from "./grouping";
import type { Artifact, Message, Source } from "./messages";
import { answerOf, contentOf, contents, textOf, transcript } from "./text";

export type ChatHost = Host<ChatbotProps, readonly Message[] | null>;

/** What the pane beside the conversation shows. */
export type View =
  | { kind: "sources"; sources: readonly Source[]; chosen: number }
  | { kind: "artifact"; artifact: Artifact; at: number };

/** What readers can say to a message with one press; other options stand in a menu. */
const THUMBS = ["Like", "Dislike"];

function waitsForReader({ metadata }: Message): boolean {
  const ask = metadata?.ask;
  return ask !== undefined && ask.answer === undefined && !ask.declined && !ask.missed;
}

export class Chat {
  /** Place of the message that is being edited. */
  editing = $state.raw<number>();
  pane = $state.raw<View>();
  /** Told to those who cannot see it. */
  note = $state("");
  private readonly grouper = new Grouper();
  /** What was said to a message on this page. */
  private readonly given = new WeakMap<Message, string>();
  private givenCount = $state.raw(0);

  constructor(readonly host: ChatHost) {}

  readonly messages: readonly Message[] = $derived.by(() => this.host.value ?? []);
  readonly groups: readonly Group[] = $derived.by(() =>
    this.grouper.of(this.messages, this.host.props.group_consecutive_messages !== false),
  );
  readonly last: Message | undefined = $derived.by(() => this.messages.at(-1));
  readonly lastStart: number | undefined = $derived.by(() => this.groups.at(-1)?.start);
  /** Whether a call that gives messages is on its way. */
  readonly isBusy: boolean = $derived.by(() => {
    const { stage } = this.host.status;
    return stage === "pending" || stage === "generating" || this.last?.metadata?.state === "streaming";
  });
  /** Whether the reader waits, and nothing is there to read yet. */
  readonly isThinking: boolean = $derived.by(() => {
    const { last } = this;
    if (!this.isBusy || last === undefined) return false;
    if (last.role === "user") return true;
    if (waitsForReader(last)) return false;
    return !isStep(last) && last.metadata?.state !== "failed" && last.content.every((part) => part.type === "text" && part.text === "");
  });
  /** How texts are drawn; the same object as long as nothing of it changes. */
  readonly writing = $derived.by(() => {
    const { props } = this.host;
    return {
      sanitize: props.sanitize_html !== false,
      lineBreaks: props.line_breaks !== false,
      delimiters: props.latex_delimiters,
      rtl: props.rtl === true,
      tags: props.allow_tags ?? true,
    };
  });
  readonly thumbs: readonly string[] = $derived.by(() =>
    (this.host.props.feedback_options ?? []).filter((option) => THUMBS.includes(option)),
  );
  readonly menu: readonly string[] = $derived.by(() =>
    (this.host.props.feedback_options ?? []).filter((option) => !THUMBS.includes(option)),
  );

  say(key: Phrase, values?: Record<string, string | number>): string {
    return phrase(this.host.t, key, values);
  }

  messagesOf({ start, end }: Group): readonly Message[] {
    return this.messages.slice(start, end);
  }

  // ---- what a row can do -----------------------------------------------------------------------

  canCopy(group: Group): boolean {
    return (this.host.props.buttons?.includes("copy") ?? true) && answerOf(this.messagesOf(group)) !== "";
  }

  canRetry(group: Group): boolean {
    if (group.side !== "bot" || this.isBusy || !this.host.listens("retry")) return false;
    return group.start === this.lastStart || this.messages[group.start]?.metadata?.node !== undefined;
  }

  canUndo(group: Group): boolean {
    return group.side === "bot" && !this.isBusy && group.start === this.lastStart && this.host.listens("undo");
  }

  canLike(group: Group): boolean {
    return this.host.listens("like") && (group.side === "bot" || this.host.props.like_user_message === true);
  }

  /** Place of the message that an edit of this row changes. */
  editable(group: Group): number | undefined {
    const { editable } = this.host.props;
    if (this.isBusy || !(editable === "all" || (editable === "user" && group.side === "user"))) return undefined;
    for (let index = group.end - 1; index >= group.start; index -= 1) {
      const message = this.messages[index];
      if (message && !isStep(message) && textOf(message) !== "") return index;
    }
    return undefined;
  }

  // ---- what the reader does --------------------------------------------------------------------

  copy(group: Group): Promise<boolean> {
    return this.copied(answerOf(this.messagesOf(group)));
  }

  copyAll(): Promise<boolean> {
    return this.copied(transcript(this.messages));
  }

  share(): void {
    void navigator.share({ text: transcript(this.messages) }).catch(() => undefined); // the reader thought better of it
  }

  clear(): void {
    this.editing = this.pane = undefined;
    this.host.value = [];
    this.host.dispatch("clear");
  }

  retry(group: Group): void {
    this.host.dispatch("retry", this.question(group));
  }

  undo(group: Group): void {
    this.host.dispatch("undo", this.question(group));
  }

  edit(index: number, text: string): void {
    this.editing = undefined;
    const message = this.messages[index];
    if (message === undefined || textOf(message) === text) return;
    const others = message.content.filter(({ type }) => type !== "text");
    const edited = { ...message, content: [...others, { type: "text" as const, text }] };
    this.host.value = this.messages.with(index, edited);
    this.host.dispatch("edit", { index, previous_value: textOf(message), value: text });
  }

  like(group: Group, option: string): void {
    const [message] = this.messagesOf(group);
    if (message === undefined) return;
    this.given.set(message, option);
    this.givenCount += 1;
    const liked = option === "Like" ? true : option === "Dislike" ? false : option;
    this.host.dispatch("like", { index: group.start, value: contents(this.messagesOf(group)), liked });
  }

  /** What was said to the messages of a row. */
  feedback(group: Group): string | undefined {
    void this.givenCount;
    const [message] = this.messagesOf(group);
    const own = message && this.given.get(message);
    if (own !== undefined || group.side === "user") return own;
    const told = this.host.props.feedback_value?.slice(group.ordinal, group.ordinal + group.end - group.start);
    return told?.find(Boolean);
  }

  act(action: string, data: Record<string, unknown>): void {
    this.host.dispatch("action", { action, ...data });
  }

  private question(group: Group): { index: number; value: unknown } {
    let index = group.start - 1;
    while (index > 0 && this.messages[index]?.role !== "user") index -= 1;
    if (this.messages[index]?.role !== "user") index = group.start;
    return { index, value: contentOf(this.messages[index]) };
  }

  private async copied(text: string): Promise<boolean> {
    const { watermark } = this.host.props;
    if (!(await copyText(watermark ? `${text}\n\n${watermark}` : text))) {
      this.host.toast("error", this.say("ui.copy_failed"));
      return false;
    }
    this.note = this.say("ui.copied");
    this.host.dispatch("copy", { value: text });
    return true;
  }
}
