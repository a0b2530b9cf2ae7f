/** Turns nodes on the page into others while keeping those that are equal: no flicker, listeners and selections stay. */

/** Make `parent` hold `wanted` between two of its nodes. `current` are the ones to be replaced; gives those now there. */
export function morph(parent: Node, current: readonly ChildNode[], wanted: readonly ChildNode[]): ChildNode[] {
  const end = current.at(-1)?.nextSibling ?? null;
  const kept = wanted.map((node, index) => {
    const old = current[index];
    if (old === undefined) return parent.insertBefore(node, end);
    if (canBecome(old, node)) return become(old, node);
    old.replaceWith(node);
    return node;
  });
  for (const old of current.slice(wanted.length)) old.remove();
  return kept;
}

/** Make the children of `parent` those of `content`. */
export function morphInside(parent: Node, content: Node): void {
  morph(parent, [...parent.childNodes], [...content.childNodes]);
}

function canBecome(old: ChildNode, wanted: ChildNode): boolean {
  if (old.nodeName !== wanted.nodeName) return false;
  return !(old instanceof Element && wanted instanceof Element) || old.id === wanted.id;
}

function become(old: ChildNode, wanted: ChildNode): ChildNode {
  if (old instanceof CharacterData) {
    if (old.data !== wanted.nodeValue) extend(old, wanted.nodeValue ?? "");
  } else if (old instanceof Element && wanted instanceof Element && !old.isEqualNode(wanted)) {
    dress(old, wanted);
    morphInside(old, wanted);
  }
  return old;
}

/** Text that only grew is appended to, which leaves a selection in it alone. */
function extend(old: CharacterData, text: string): void {
  if (text.startsWith(old.data)) old.appendData(text.slice(old.length));
  else old.data = text;
}

function dress(old: Element, wanted: Element): void {
  for (const { name } of [...old.attributes]) if (!wanted.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value, namespaceURI } of wanted.attributes) {
    if (old.getAttribute(name) === value) continue;
    if (namespaceURI === null) old.setAttribute(name, value);
    else old.setAttributeNS(namespaceURI, name, value);
  }
}
