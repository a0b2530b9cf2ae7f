/** Finding and replacing in the text: the browser's own search sees only the lines that are drawn. Fetched at the first Ctrl+F. */

import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { StateEffect } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";

const prepared = new WeakSet<EditorView>();

/** Open the panel, with its keys from then on. */
export function openSearch(view: EditorView): void {
  if (!prepared.has(view)) {
    prepared.add(view);
    const extension = [search({ top: true }), highlightSelectionMatches(), keymap.of(searchKeymap)];
    view.dispatch({ effects: StateEffect.appendConfig.of(extension) });
  }
  openSearchPanel(view);
}
