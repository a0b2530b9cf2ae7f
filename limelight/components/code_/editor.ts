/**
 * The editor of a Code block: CodeMirror with what every such block needs, and the means to change the rest.
 *
 * In a chunk of its own, fetched with the first editor. Languages, completion and search are further chunks. Knows
 * nothing of hosts and Svelte.
 */

import { defaultKeymap, history, historyKeymap, indentLess, insertTab, indentMore } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { Annotation, Compartment, EditorState, type Extension, Transaction } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter, tagHighlighter, tags } from "@lezer/highlight";
import { onceLaidOut } from "$ui/typing";
import { difference, moved } from "./difference";
import { LANGUAGES } from "./languages";
import { LOOK } from "./look";
import { SELECTING, UNHURRIED, UNSELECTED } from "./selection";

/** What can change while the editor is there. */
export interface Settings {
  language: string | undefined;
  isReadOnly: boolean;
  numbers: boolean;
  wraps: boolean;
  completes: boolean;
  /** Of the element that has the focus: its name and description. */
  attributes: Record<string, string>;
}

/** What the editor tells. */
export interface Listener {
  /** The reader changed the text. */
  changed(text: string): void;
  focused(): void;
  blurred(): void;
  /** The reader pressed Tab, which indented; `false` when that is over. */
  indented(isRecent: boolean): void;
}

/** What an editor begins with. */
export interface Beginning {
  text: string;
  settings: Settings;
  listener: Listener;
}

const ofServer = Annotation.define<boolean>();
const MODIFIERS = ["Shift", "Control", "Alt", "Meta", "Tab", "Escape"];

/** Names that CodeMirror's own list leaves plain. */
const CALLS = tagHighlighter([
  { tag: tags.function(tags.variableName), class: "tok-function" },
  { tag: tags.function(tags.propertyName), class: "tok-function" },
  { tag: tags.tagName, class: "tok-tagName" },
  { tag: tags.attributeName, class: "tok-attributeName" },
]);

/** What no setting changes. */
const ALWAYS: Extension = [
  history(),
  bracketMatching(),
  indentOnInput(),
  syntaxHighlighting(classHighlighter),
  syntaxHighlighting(CALLS),
  keymap.of([...defaultKeymap, ...historyKeymap, { key: "Mod-f", run: search }]),
  LOOK,
];

type Part = keyof Settings;

export class Editor {
  private readonly view: EditorView;
  private settings: Settings;
  private readonly listener: Listener;
  private readonly places: Readonly<Record<Part, Compartment>> = {
    language: new Compartment(),
    isReadOnly: new Compartment(),
    numbers: new Compartment(),
    wraps: new Compartment(),
    completes: new Compartment(),
    attributes: new Compartment(),
  };

  constructor({ text, settings, listener }: Beginning) {
    this.settings = settings;
    this.listener = listener;
    const { places } = this;
    this.view = new EditorView({
      root: UNSELECTED,
      state: EditorState.create({
        doc: text,
        extensions: [
          // First, so that its keys come before the others'.
          places.completes.of([]),
          places.isReadOnly.of(handled(settings.isReadOnly)),
          places.numbers.of(numbered(settings.numbers)),
          places.wraps.of(wrapped(settings.wraps)),
          places.attributes.of(EditorView.contentAttributes.of(settings.attributes)),
          places.language.of(stepOf(settings.language)),
          ALWAYS,
          this.watching(),
        ],
      }),
    });
    // The name is CodeMirror's own; should it ever be another, an editor only takes longer.
    Object.defineProperty(this.view, "win", { value: UNHURRIED, configurable: true });
    for (const event of SELECTING) this.view.contentDOM.addEventListener(event, this.awake, { capture: true });
  }

  /** Put it on the page. It is made outside of it, where the browser has nothing to lay out. */
  place(parent: HTMLElement): void {
    const { view } = this;
    parent.append(view.dom);
    // It looks at itself as soon as the browser has laid it out, or would have that done for it a moment later.
    onceLaidOut(view.dom, () => {
      view.requestMeasure();
      view.elementAtHeight(0); // for which it looks at once
    });
  }

  /** Fetch the language and what else its settings ask for. */
  start(): void {
    void this.speak(this.settings.language);
    if (this.settings.completes) void this.complete(true);
  }

  /** Change what differs; resolves when what had to be fetched is there. */
  async configure(settings: Settings): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    const isNew = (part: Part): boolean => JSON.stringify(before[part]) !== JSON.stringify(settings[part]);
    const made: Partial<Record<Part, Extension>> = {};
    if (isNew("isReadOnly")) made.isReadOnly = handled(settings.isReadOnly);
    if (isNew("numbers")) made.numbers = numbered(settings.numbers);
    if (isNew("wraps")) made.wraps = wrapped(settings.wraps);
    if (isNew("attributes")) made.attributes = EditorView.contentAttributes.of(settings.attributes);
    const effects = Object.entries(made).map(([part, extension]) => this.places[part as Part].reconfigure(extension));
    if (effects.length > 0) this.view.dispatch({ effects });
    await Promise.all([
      isNew("language") ? this.speak(settings.language) : null,
      isNew("completes") ? this.complete(settings.completes) : null,
    ]);
  }

  /** Show another text, as the server sent it. The cursor stays where it is, or in its line. */
  show(text: string): void {
    const before = this.view.state.doc.toString();
    const after = text.replace(/\r\n?/g, "\n");
    const changes = difference(before, after);
    if (changes === null) return;
    const { anchor, head } = this.view.state.selection.main;
    this.view.dispatch({
      changes,
      selection: { anchor: moved(anchor, before, after), head: moved(head, before, after) },
      annotations: [ofServer.of(true), Transaction.addToHistory.of(false)],
    });
  }

  destroy(): void {
    this.view.destroy();
  }

  /** From now on follow the selection. */
  private readonly awake = (): void => {
    this.view.setRoot(document);
    Reflect.deleteProperty(this.view, "win");
    for (const event of SELECTING) this.view.contentDOM.removeEventListener(event, this.awake, { capture: true });
  };

  private async speak(name: string | undefined): Promise<void> {
    // Without its language a text can be edited all the same.
    const support = name === undefined ? undefined : await LANGUAGES[name]?.load().catch(() => undefined);
    if (this.settings.language !== name) return; // another was chosen in the meantime
    this.view.dispatch({ effects: this.places.language.reconfigure([stepOf(name), support ?? []]) });
  }

  private async complete(isWanted: boolean): Promise<void> {
    const extension = isWanted ? (await import("./completion")).COMPLETION : [];
    if (this.settings.completes !== isWanted) return;
    this.view.dispatch({ effects: this.places.completes.reconfigure(extension) });
  }

  private watching(): Extension {
    const { listener } = this;
    return [
      EditorView.updateListener.of((update) => {
        const isTyped = update.transactions.some((one) => one.docChanged && one.annotation(ofServer) !== true);
        if (isTyped) listener.changed(update.state.doc.toString());
      }),
      EditorView.domEventObservers({
        // The panel for searching is inside as well, and is no leaving.
        focusin: (event, view) => {
          if (!within(view, event.relatedTarget)) listener.focused();
        },
        focusout: (event, view) => {
          if (within(view, event.relatedTarget)) return;
          view.setTabFocusMode(false);
          listener.indented(false);
          listener.blurred();
        },
        // Escape lets Tab go on to the next control, for as long as nothing else is pressed.
        keydown: (event, view) => {
          const isClosing = view.dom.querySelector(".cm-tooltip-autocomplete") !== null;
          if (event.key === "Escape" && !isClosing) view.setTabFocusMode(true);
          else if (!MODIFIERS.includes(event.key)) view.setTabFocusMode(false);
          const indents = event.key === "Tab" && !event.shiftKey && !view.state.readOnly;
          if (!["Shift", "Tab"].includes(event.key)) listener.indented(false);
          else if (indents) listener.indented(true);
        },
      }),
    ];
  }
}

/** Read-only text takes the focus, so that it can be scrolled, searched and copied by keyboard, and Tab leaves it at once. */
function handled(isReadOnly: boolean): Extension {
  if (!isReadOnly) {
    return [
      highlightActiveLine(),
      highlightActiveLineGutter(),
      keymap.of([{ key: "Tab", run: indent, shift: indentLess }]),
    ];
  }
  return [
    EditorState.readOnly.of(true),
    EditorView.editable.of(false),
    EditorView.contentAttributes.of({ tabindex: "0" }),
  ];
}

/** Whole lines when some are selected, else up to the next stop. */
function indent(view: EditorView): boolean {
  const { main } = view.state.selection;
  const unit = view.state.facet(indentUnit);
  if (!main.empty || unit.includes("\t")) return main.empty ? insertTab(view) : indentMore(view);
  const column = main.head - view.state.doc.lineAt(main.head).from;
  view.dispatch(view.state.replaceSelection(" ".repeat(unit.length - (column % unit.length))), {
    userEvent: "input.indent",
    scrollIntoView: true,
  });
  return true;
}

function stepOf(language: string | undefined): Extension {
  const columns = language === undefined ? undefined : LANGUAGES[language]?.indent;
  return indentUnit.of(" ".repeat(columns ?? 4));
}

function search(view: EditorView): boolean {
  void import("./search").then(({ openSearch }) => openSearch(view));
  return true;
}

function numbered(isWanted: boolean): Extension {
  return isWanted ? lineNumbers() : [];
}

function wrapped(isWanted: boolean): Extension {
  return isWanted ? EditorView.lineWrapping : [];
}

function within(view: EditorView, target: EventTarget | null): boolean {
  return target instanceof Node && view.dom.contains(target);
}
