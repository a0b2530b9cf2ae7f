/** What is being typed into a field that stands for a value: it stays as it is until the reader is done. */

export class Draft {
  /** Null when nothing is being typed. */
  private given: string | null = $state(null);
  /** Whether the reader has finished typing, so that a mistake may be named. */
  private isTold = $state(false);

  /** What the field shows. */
  readonly text = $derived.by(() => this.given ?? this.shown());
  readonly isWrong = $derived.by(() => this.isTold && this.given !== null && this.read(this.given) === null);

  constructor(
    private readonly shown: () => string,
    /** The value that a text means; null if it means none. */
    private readonly read: (text: string) => string | null,
    private readonly write: (value: string | null) => void,
  ) {}

  type(text: string): void {
    this.given = text;
    this.isTold = false;
  }

  forget(): void {
    this.given = null;
    this.isTold = false;
  }

  /** The reader is done with typing. True if what stands there means something, or there is nothing. */
  settle(): boolean {
    if (this.given === null) return true;
    const isEmpty = this.given.trim() === "";
    const value = isEmpty ? null : this.read(this.given);
    this.isTold = true;
    if (value === null && !isEmpty) return false;
    this.forget();
    this.write(value);
    return true;
  }
}
