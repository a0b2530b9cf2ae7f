/** Where things are, relative to the page's own address. Knows nothing of `config.root`, which may be wrong behind a proxy. */

const API = "gradio_api/";

/** Addresses of one app. */
export class Urls {
  /**
   * @param root absolute address of the app, with a trailing slash
   * @param query the page's own query, without `?`; functions see it as `request.query_params`
   */
  constructor(
    readonly root: string,
    readonly query = "",
  ) {}

  /** From the page's address: its path without the page's name. */
  static of(page: string, current: string | undefined): Urls {
    const url = new URL(page);
    let path = url.pathname.replace(/\/+$/, "");
    const name = (current ?? "").replace(/^\/+|\/+$/g, "");
    if (name !== "" && (path.endsWith(`/${name}`) || path.endsWith(`/${encodeURI(name)}`))) {
      path = path.slice(0, path.lastIndexOf("/", path.length - encodedLength(path, name)));
    } else if (path.endsWith(".html")) {
      path = path.slice(0, path.lastIndexOf("/"));
    }
    return new Urls(`${url.origin}${path}/`, url.search.replace(/^\?/, ""));
  }

  /** An address below `gradio_api/`, with the given query members. */
  api(path: string, query: Record<string, string | number> = {}): string {
    const text = encodeQuery(query);
    return `${this.root}${API}${path}${text === "" ? "" : `?${text}`}`;
  }

  /** The same with the page's own query after ours. */
  call(path: string, query: Record<string, string | number> = {}): string {
    const text = [encodeQuery(query), this.query].filter(Boolean).join("&");
    return `${this.root}${API}${path}${text === "" ? "" : `?${text}`}`;
  }

  /** The WebSocket of a session, from message `after` on, for a page with the given calls. */
  socket(session: string, after: number, events: readonly string[]): string {
    const query = { session_hash: session, stands: 1, after, ...(events.length > 0 && { events: events.join() }) };
    return this.call("ws", query).replace(/^http/, "ws");
  }

  /** Where the browser can fetch a file that the server named. */
  file(file: { path: string | null; url?: string | null }): string {
    const url = file.url ?? "";
    if (/^(data|blob):/.test(url)) return url;
    if (file.path !== null && /^https?:/.test(file.path)) return url || file.path;
    // The server's idea of its own address may be wrong behind a proxy, so only what follows it counts.
    const at = url.indexOf(API);
    if (at === 0 || url[at - 1] === "/") return this.root + url.slice(at);
    if (url !== "") return url;
    return file.path === null ? "" : this.api(`file=${encodePath(file.path)}`);
  }
}

/** Length of `name` at the end of `path`, as it is written there. */
function encodedLength(path: string, name: string): number {
  return path.endsWith(`/${name}`) ? name.length : encodeURI(name).length;
}

function encodeQuery(query: Record<string, string | number>): string {
  return Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join("&");
}

function encodePath(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
