import { expect, test } from "vitest";
import { tokens } from "./colouring";

test("tokens joined are the source again", () => {
  const source = 'from x import y\nresult = f("a # b", 1.5, None)\n# end';
  expect(tokens("python", source).map((token) => token.text).join("")).toBe(source);
  expect(tokens("python", source).filter((token) => token.kind !== "plain")).toEqual([
    { text: "from", kind: "keyword" },
    { text: "import", kind: "keyword" },
    { text: "f", kind: "call" },
    { text: '"a # b"', kind: "string" },
    { text: "1.5", kind: "number" },
    { text: "None", kind: "keyword" },
    { text: "# end", kind: "comment" },
  ]);
});
