import { expect, test } from "vitest";
import type { ApiEndpoint, ApiParameter } from "./footer";
import {
  argumentsOf,
  bashSnippet,
  hasFile,
  javascriptSnippet,
  pythonLiteral,
  pythonSnippet,
  shellQuote,
  typeText,
} from "./snippets";

const root = "http://localhost:7860/";
const file = { path: "abc/cat.png", url: null, meta: { _type: "gradio.FileData" } };

function parameter(name: string, members: Partial<ApiParameter> = {}): ApiParameter {
  return {
    label: name,
    parameter_name: name,
    parameter_has_default: false,
    parameter_default: null,
    type: { type: "string" },
    python_type: { type: "str", description: "" },
    component: "Textbox",
    example_input: "Hello!!",
    ...members,
  };
}

test("Python: a call with every kind of value", () => {
  const args = [
    { name: "name", value: 'Ann "the\nbest"' },
    { name: "loud", value: true },
    { name: "times", value: 2.5 },
    { name: "nothing", value: null },
    { name: "image", value: file },
  ];
  expect(pythonSnippet({ root, endpoint: "/greet", args })).toBe(
    `from gradio_client import Client, handle_file

client = Client("http://localhost:7860/")
result = client.predict(
    name="Ann \\"the\\nbest\\"",
    loud=True,
    times=2.5,
    nothing=None,
    image=handle_file("http://localhost:7860/gradio_api/file=abc/cat.png"),
    api_name="/greet",
)
print(result)`,
  );
});

test("Python: an endpoint without parameters, behind a log-in", () => {
  expect(pythonSnippet({ root, endpoint: "/tick", args: [], auth: true })).toBe(
    `from gradio_client import Client

client = Client("http://localhost:7860/", auth=("username", "password"))
result = client.predict(
    api_name="/tick",
)
print(result)`,
  );
});

test("Python: names that are no names go into a dictionary", () => {
  const text = pythonSnippet({
    root,
    endpoint: "/x",
    args: [
      { name: "class", value: 1 },
      { name: "größe", value: 2 },
    ],
  });
  expect(text).toContain("    größe=2,\n    **{\"class\": 1},\n");
});

test("Python: nested values are spelt in Python and broken when long", () => {
  expect(pythonLiteral({ a: [1, null, { b: false }] })).toBe('{"a": [1, None, {"b": False}]}');
  expect(pythonLiteral([])).toBe("[]");
  expect(pythonLiteral({})).toBe("{}");
  expect(pythonLiteral(Number.NaN)).toBe('float("nan")');
  expect(pythonLiteral(["x".repeat(50), "y".repeat(50)])).toBe(
    `[\n    "${"x".repeat(50)}",\n    "${"y".repeat(50)}",\n]`,
  );
});

test("JavaScript: connects and passes an object", () => {
  const args = [
    { name: "name", value: "Ann" },
    { name: "my-key", value: { a: [1, true], "b c": null } },
    { name: "image", value: { ...file, url: "https://a.test/cat.png" } },
  ];
  expect(javascriptSnippet({ root, endpoint: "/greet", args })).toBe(
    `import { Client, handle_file } from "@gradio/client";

const client = await Client.connect("http://localhost:7860/");
const result = await client.predict("/greet", {
  name: "Ann",
  "my-key": { a: [1, true], "b c": null },
  image: handle_file("https://a.test/cat.png"),
});
console.log(result.data);`,
  );
  expect(javascriptSnippet({ root, endpoint: "/tick", args: [] })).toContain(
    'await client.predict("/tick");',
  );
});

test("curl: two steps, with the body quoted for the shell", () => {
  const args = [
    { name: "name", value: "it's $5" },
    { name: "image", value: file },
  ];
  expect(bashSnippet({ root: "http://localhost:7860", endpoint: "/greet", args })).toBe(
    String.raw`EVENT_ID=$(curl -s -X POST 'http://localhost:7860/gradio_api/call/greet' \
  -H 'Content-Type: application/json' \
  -d '{"data":["it'\''s $5",{"path":"http://localhost:7860/gradio_api/file=abc/cat.png","meta":{"_type":"gradio.FileData"}}]}' \
  | sed 's/.*"event_id" *: *"\([^"]*\)".*/\1/')

curl -N 'http://localhost:7860/gradio_api/call/greet/'"$EVENT_ID"`,
  );
  expect(shellQuote("'")).toBe(String.raw`''\'''`);
});

test("arguments: the page's value, else the default, else the example", () => {
  const endpoint: ApiEndpoint = {
    parameters: [
      parameter("a"),
      parameter("b", { parameter_has_default: true, parameter_default: "preset" }),
      parameter("c"),
      parameter("d", { parameter_has_default: true, parameter_default: null }),
      parameter("e"),
    ],
    returns: [],
  };
  const onPage = ["typed", undefined, "", null, "x".repeat(5_000)];
  expect(argumentsOf(endpoint, (index) => onPage[index])).toEqual([
    { name: "a", value: "typed" },
    { name: "b", value: "preset" },
    { name: "c", value: "Hello!!" },
    { name: "d", value: null },
    { name: "e", value: "Hello!!" },
  ]);
});

test("falsy values on the page are values", () => {
  const endpoint: ApiEndpoint = { parameters: [parameter("n"), parameter("b")], returns: [] };
  const onPage = [0, false];
  expect(argumentsOf(endpoint, (index) => onPage[index]).map((arg) => arg.value)).toEqual([0, false]);
});

test("files are found at any depth", () => {
  expect(hasFile([{ image: file }])).toBe(true);
  expect(hasFile({ path: "x" })).toBe(false);
});

test.each([
  [{ type: "string" }, "string"],
  [{ type: "integer" }, "number"],
  [{}, "any"],
  [{ enum: ["a", 2] }, '"a" | 2'],
  [{ type: "array", items: { anyOf: [{ type: "string" }, { type: "null" }] } }, "(string | null)[]"],
  [{ type: "array", prefixItems: [{ type: "number" }, { type: "string" }] }, "[number, string]"],
  [
    { type: "object", properties: { a: { type: "boolean" }, b: {} }, required: ["a"] },
    "{ a: boolean; b?: any }",
  ],
  [{ type: "object", properties: { path: {}, meta: {} } }, "File"],
])("type of %j", (schema, text) => {
  expect(typeText(schema)).toBe(text);
});
