/** CSS that applies to one element only. Reads just enough CSS to know where a rule ends. */

/** Rules that do not work inside another. */
const GLOBAL = /^@(?:-webkit-)?(?:charset|counter-style|font-face|font-feature-values|import|keyframes|namespace|property)\b/i;

/** The CSS with everything inside `selector`; declarations outside of rules apply to the element itself. */
export function scoped(css: string, selector: string): string {
  if (css.trim() === "") return "";
  const outside: string[] = [];
  const inside: string[] = [];
  for (const rule of rules(css)) (GLOBAL.test(rule.trim()) ? outside : inside).push(rule);
  return `${outside.join("\n")}\n${selector} {${inside.join("")}}`.trim();
}

/** The rules and declarations at the outermost level. Brackets that do not match cannot end the scope. */
function rules(css: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  const tokens = /\/\*[^]*?(?:\*\/|$)|"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|\\[^]|[{};]/g;
  for (const { 0: token, index } of css.matchAll(tokens)) {
    if (token === "{") depth++;
    else if (token === "}") {
      if (depth === 0) {
        // One too many: dropped.
        found.push(css.slice(start, index));
        start = index + 1;
        continue;
      }
      depth--;
    } else if (token !== ";") continue;
    if (depth > 0 || token === "{") continue;
    found.push(css.slice(start, index + 1));
    start = index + 1;
  }
  const rest = css.slice(start);
  return [...found, depth > 0 ? rest + "}".repeat(depth) : rest].filter((rule) => rule.trim() !== "");
}
