/** Markup for the page's head: each script, link and text once, however many blocks want it. */

const added = new Map<string, Promise<void>>();

/** Puts the elements into the head. Settles when its scripts have run; one that cannot be fetched is only told of. */
export async function addToHead(markup: string): Promise<void> {
  const template = document.createElement("template");
  template.innerHTML = markup;
  // One after the other: a script may need the one before.
  for (const element of template.content.children) await once(element);
}

function once(element: Element): Promise<void> {
  const key = element.getAttribute("src") ?? element.getAttribute("href") ?? element.outerHTML;
  let done = added.get(key);
  if (done === undefined) {
    done = isThere(element) ? Promise.resolve() : add(element);
    added.set(key, done);
  }
  return done;
}

/** Whether the app's own `head=` has it already. */
function isThere(element: Element): boolean {
  const name = element instanceof HTMLScriptElement ? "src" : "href";
  const address = element.getAttribute(name);
  if (address === null) return false;
  return [...document.head.querySelectorAll(element.localName)].some((other) => other.getAttribute(name) === address);
}

function add(element: Element): Promise<void> {
  if (!(element instanceof HTMLScriptElement)) {
    document.head.append(document.importNode(element, true));
    return Promise.resolve();
  }
  // Scripts of parsed markup are marked as not to be run; a new one runs.
  const script = document.createElement("script");
  for (const { name, value } of element.attributes) script.setAttribute(name, value);
  script.textContent = element.textContent;
  script.async = element.async;
  return new Promise((resolve) => {
    const finish = (): void => resolve();
    script.addEventListener("load", finish);
    script.addEventListener("error", () => {
      console.error(`HTML's head= names '${script.src}', which could not be loaded.`);
      finish();
    });
    document.head.append(script);
    // An inline script has run by now; a module comes later and tells.
    if (!script.src && script.type !== "module") finish();
  });
}
