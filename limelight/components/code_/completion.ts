/** Suggestions while typing: those of the language, and the words of the text itself. Fetched when an editor wants them. */

import {
  autocompletion,
  completeAnyWord,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { EditorState, type Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

/** The words of the text, where a language has no suggestions of its own. */
function words(context: CompletionContext): CompletionResult | Promise<CompletionResult | null> | null {
  return context.state.languageDataAt("autocomplete", context.pos).length > 1 ? null : completeAnyWord(context);
}

export const COMPLETION: Extension = [
  autocompletion({ icons: false }),
  EditorState.languageData.of(() => [{ autocomplete: words }]),
  keymap.of(completionKeymap),
];
