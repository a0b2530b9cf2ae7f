/** The JavaScript that authors give as text (`js=`). Compiles and calls; knows nothing of listeners. */

type Callable = (...values: unknown[]) => unknown;

const compiled = new Map<string, Callable>();

/** The function that the text describes: an arrow function, a function expression or declaration. */
export function compile(source: string): Callable {
  let made = compiled.get(source);
  if (made === undefined) {
    const value = evaluate(source.trim().replace(/;+$/, ""));
    if (typeof value !== "function") {
      throw new TypeError(`js=${JSON.stringify(source.slice(0, 80))} is not a function`);
    }
    made = value as Callable;
    compiled.set(source, made);
  }
  return made;
}

/**
 * What a listener's function gave, as one value per block.
 *
 * A list is taken as such values, anything else as the first of them; missing ones are null.
 */
export function spread(result: unknown, count: number): unknown[] {
  const values: unknown[] = Array.isArray(result) ? result : result === undefined ? [] : [result];
  return Array.from({ length: count }, (_, i) => values[i] ?? null);
}

/** The value of an expression. */
function evaluate(expression: string): unknown {
  const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
  if (!nonce) return new Function(`return (${expression}\n);`)() as unknown;
  // A content security policy with a nonce forbids `Function`, but allows a script that carries the nonce.
  const slot = "__limelight_expression__";
  const page = window as unknown as Record<string, unknown>;
  const script = document.createElement("script");
  script.nonce = nonce;
  script.textContent = `window.${slot} = (${expression}\n);`;
  document.head.append(script);
  script.remove();
  const value = page[slot];
  Reflect.deleteProperty(page, slot);
  return value;
}
