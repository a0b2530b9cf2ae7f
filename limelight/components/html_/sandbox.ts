/** Markup of strangers as a document of its own, which can reach neither the page nor the app. */

/** Lets scripts run in an origin of nobody's, and links open in a tab. */
export const PERMISSIONS = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

/** Pixels; a document that keeps growing ends here. */
const HIGHEST = 20_000;

/**
 * What the frame tells its height with: when it is loaded and whenever that changes, which browsers do not watch in
 * frames out of sight. The document's own scripts may tell another one: no more than that.
 */
const TELL =
  "{const tell=()=>parent.postMessage({height:document.body.offsetHeight},'*');" +
  "for(const event of['DOMContentLoaded','load'])addEventListener(event,tell);" +
  "new ResizeObserver(tell).observe(document.body)}";

/** Look of the page around it; each is a CSS value. */
export interface Look {
  colorScheme: string;
  color: string;
  font: string;
}

/** The document for a frame's `srcdoc`. Markup that closes or opens too much changes nothing outside of it. */
export function documentOf(html: string, css: string, look: Look | null): string {
  const text = look === null ? "" : `html{color-scheme:${look.colorScheme}}body{color:${look.color};font:${look.font}}`;
  const styles = `html,body{margin:0;background:transparent}body{display:flow-root;overflow-wrap:break-word}${text}`;
  return (
    `<!doctype html><meta charset="utf-8"><base target="_blank"><style>${styles}</style>` +
    `<style>${css.replaceAll("</", "<\\/")}</style><body><script>${TELL}</script>${html}`
  );
}

/** The height in a message from a frame; null for anything else. */
export function heightIn(message: unknown): number | null {
  if (typeof message !== "object" || message === null || !("height" in message)) return null;
  const { height } = message;
  return typeof height === "number" && height >= 0 ? Math.min(Math.ceil(height), HIGHEST) : null;
}
