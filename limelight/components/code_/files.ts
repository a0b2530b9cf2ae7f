/** What downloaded text is called. Kept apart from the editor, which is there only later. */

const ENDINGS: Readonly<Record<string, string>> = {
  python: "py",
  markdown: "md",
  latex: "tex",
  javascript: "js",
  typescript: "ts",
  jinja2: "j2",
  shell: "sh",
};

/** `file.py`, `file.sql`, `Dockerfile`; `file.txt` if the language is not known. */
export function nameOf(language: string | undefined): string {
  if (language === undefined) return "file.txt";
  if (language === "dockerfile") return "Dockerfile";
  if (language.startsWith("sql")) return "file.sql";
  return `file.${ENDINGS[language] ?? language}`;
}
