import { afterEach, describe, expect, test } from "vitest";
import { LANGUAGES } from "$ui/languages";
import { isTranslatable, t, translate } from "./index";
import { ENGLISH, language, pick } from "./language.svelte";

const marker = (key: string) => `__i18n__${JSON.stringify({ __type__: "translation_metadata", key })}`;

afterEach(async () => {
  localStorage.clear();
  language.translations = {};
  await language.choose("en");
});

test("a phrase fills its placeholders; an unknown key is itself", () => {
  expect(t("shell.block_failed", { tag: "slider" })).toBe("“slider” could not be drawn.");
  expect(t("no.such.key")).toBe("no.such.key");
});

describe("texts of the app's author", () => {
  test("are found inside other text, lists and objects", async () => {
    language.translations = { en: { hi: "Hello" }, de: { hi: "Hallo" } };
    expect(translate(`${marker("hi")}, you`)).toBe("Hello, you");
    await language.choose("de");
    expect(translate([[marker("hi"), 1]])).toEqual([["Hallo", 1]]);
    expect(translate({ __type__: "translation_metadata", key: "hi" })).toBe("Hallo");
  });

  test("fall back from the region to the language to English to the key", async () => {
    language.translations = { en: { a: "A", b: "B" }, fr: { a: "À" } };
    await language.choose("fr-CA");
    expect([marker("a"), marker("b"), marker("c")].map(translate)).toEqual(["À", "B", "c"]);
  });

  test("what has none keeps its identity", () => {
    const value = { choices: [["a", 1]] };
    expect(isTranslatable(value)).toBe(false);
    expect(translate(value)).toBe(value);
  });
});

test.each([
  [["de-AT", "en"], "de"],
  [["zh-TW"], "zh-CN"],
  [["zh-cn"], "zh-CN"],
  [["tlh", "es-MX"], "es"],
  [["tlh"], "en"],
])("readers who want %j get %s", (wanted, found) => {
  expect(pick(wanted, Object.keys(LANGUAGES))).toBe(found);
});

test("right-to-left languages turn the page", async () => {
  await language.choose("ar");
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(["ar", "rtl"]);
});

describe("catalogues", () => {
  const files = import.meta.glob<Record<string, string>>("./*.json", { eager: true, import: "default" });
  const languages = Object.keys(files).map((path) => path.slice(2, -".json".length));
  const holders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

  test("every language has a name", () => {
    expect(languages.sort()).toEqual(Object.keys(LANGUAGES).sort());
  });

  test.each(Object.entries(files))("%s has phrases of English only, with the same placeholders", (_, texts) => {
    for (const [key, text] of Object.entries(texts)) {
      expect([key, holders(text)]).toEqual([key, holders(ENGLISH[key] ?? "missing")]);
    }
  });
});
