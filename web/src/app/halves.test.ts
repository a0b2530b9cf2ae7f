import { expect, test } from "vitest";
import { byTag } from "./halves";

test("a folder's main file draws the tag that is the folder's name without underscores", () => {
  const files = [
    "../components/slider/Slider.svelte",
    "../components/checkbox_group/CheckboxGroup.svelte",
    "../components/code_/Code.svelte",
    "../components/chatbot/Chatbot.svelte",
    "../components/chatbot/Message.svelte",
    "../components/model3d/Model3d.svelte",
  ];
  const found = byTag(Object.fromEntries(files.map((path) => [path, path])));
  expect([...found]).toEqual([
    ["slider", files[0]],
    ["checkboxgroup", files[1]],
    ["code", files[2]],
    ["chatbot", files[3]],
    ["model3d", files[5]],
  ]);
});
