/** How the editor looks: the theme's variables only. Colours of words are in `Code.svelte`, where an author's CSS wins. */

import { EditorView } from "@codemirror/view";

const mono = { fontFamily: "var(--font-mono, ui-monospace, monospace)" };
const field = {
  border: "1px solid var(--input-border-color)",
  borderRadius: "var(--radius-sm, 4px)",
  background: "var(--input-background-fill)",
  color: "var(--body-text-color)",
  fontSize: "var(--text-sm, 13px)",
};

export const LOOK = EditorView.theme({
  "&": {
    background: "transparent",
    color: "var(--body-text-color)",
    fontSize: "inherit",
  },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { ...mono, lineHeight: "inherit", maxHeight: "var(--highest, none)", overflow: "auto" },
  ".cm-content": { ...mono, padding: "8px 0", caretColor: "var(--color-accent)" },
  // The lines that an empty editor has; the gutter goes along.
  ".cm-content, .cm-gutter": { minHeight: "calc(var(--lines) * 1lh + 16px)" },
  ".cm-line": { padding: "0 12px 0 10px" },
  ".cm-gutters": {
    border: "0",
    background: "var(--block-background-fill)",
    color: "var(--body-text-color-subdued)",
  },
  ".cm-lineNumbers .cm-gutterElement": {
    minWidth: "36px",
    padding: "0 6px 0 12px",
    fontVariantNumeric: "tabular-nums",
  },
  ".cm-activeLine, .cm-activeLineGutter": { background: "transparent" },
  "&.cm-focused .cm-activeLine": { background: "color-mix(in srgb, var(--body-text-color) 4%, transparent)" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--body-text-color)" },
  "&.cm-focused .cm-matchingBracket": {
    borderRadius: "2px",
    background: "color-mix(in srgb, var(--color-accent) 22%, transparent)",
  },
  "&.cm-focused .cm-nonmatchingBracket": { background: "color-mix(in srgb, var(--error-text-color) 18%, transparent)" },
  ".cm-selectionMatch, .cm-searchMatch": { background: "light-dark(#fde68a, #6b5310)", color: "inherit" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--color-accent)", background: "light-dark(#fcd34d, #8a6a10)" },
  ".cm-tooltip": {
    overflow: "hidden",
    border: "1px solid var(--border-color-primary)",
    borderRadius: "var(--radius-md, 6px)",
    background: "var(--block-background-fill)",
    boxShadow: "var(--shadow-drop-lg)",
    color: "var(--body-text-color)",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { ...mono, maxHeight: "14em", padding: "4px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    padding: "3px 8px",
    borderRadius: "var(--radius-sm, 4px)",
    lineHeight: "1.5",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    background: "var(--color-accent-soft)",
    color: "var(--body-text-color)",
  },
  ".cm-completionMatchedText": { fontWeight: "600", textDecoration: "none" },
  ".cm-completionDetail": { color: "var(--body-text-color-subdued)", fontStyle: "normal" },
  ".cm-panels": { background: "var(--background-fill-secondary)", color: "var(--body-text-color)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--border-color-primary)" },
  ".cm-panel.cm-search": { padding: "8px 32px 8px 12px", fontFamily: "var(--font)" },
  ".cm-panel.cm-search label": {
    display: "inline-flex",
    alignItems: "center",
    gap: "4px",
    marginInlineEnd: "8px",
    fontSize: "var(--text-xs, 12px)",
  },
  ".cm-panel.cm-search input[type=checkbox]": { margin: "0" },
  ".cm-textfield": { ...field, inlineSize: "min(240px, 100%)", padding: "4px 8px" },
  ".cm-button": { ...field, padding: "4px 8px", backgroundImage: "none", cursor: "pointer" },
  ".cm-button:hover": { background: "var(--background-fill-secondary)" },
  ".cm-panel button[name=close]": {
    insetInlineEnd: "8px",
    inlineSize: "24px",
    blockSize: "24px",
    color: "inherit",
    cursor: "pointer",
  },
  ".cm-panel :focus-visible": { outline: "2px solid var(--color-accent)", outlineOffset: "1px" },
  "@media (pointer: coarse)": {
    // Smaller text makes iOS zoom in when the field gets the focus.
    ".cm-textfield": { fontSize: "16px" },
    ".cm-button, .cm-textfield": { minHeight: "44px" },
    ".cm-panel button[name=close]": { inlineSize: "44px", blockSize: "44px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "11px 8px" },
  },
});
