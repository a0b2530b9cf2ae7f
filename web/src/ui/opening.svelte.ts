/** Whether the popup of a field is open, and what is drawn in it: that is loaded when the reader comes near the field. */

export class Opening<Part> {
  isOpen = $state(false);
  /** What is drawn in the popup; undefined until it is loaded. It takes the focus by itself. */
  part = $state.raw<Part>();
  private loading: Promise<unknown> | null = null;

  constructor(
    private readonly load: () => Promise<{ default: Part }>,
    /** What gets the focus back. */
    private readonly control: () => HTMLElement | undefined,
  ) {}

  /** Load what will be needed. If that fails, the next call tries again. */
  readonly fetch = (): void => {
    if (this.part !== undefined) return;
    this.loading ??= this.load()
      .then((module) => (this.part = module.default))
      .catch(() => (this.isOpen = false))
      .finally(() => (this.loading = null));
  };

  open(): void {
    this.isOpen = true;
    this.fetch();
  }

  close(): void {
    this.isOpen = false;
    this.control()?.focus();
  }

  /** For the element that holds the field and its popup. */
  readonly keydown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
}
