/**
 * How each language of the editor is loaded: a chunk of its own, fetched when an editor has that language.
 *
 * Knows nothing of editors. NOTE: the names are those of `code_.py`.
 */

import type * as sqls from "@codemirror/lang-sql";
import { LanguageSupport, StreamLanguage, type StreamParser } from "@codemirror/language";
import type * as oldSqls from "@codemirror/legacy-modes/mode/sql";

export interface Language {
  load: () => Promise<LanguageSupport>;
  /** Columns of one step of indentation. */
  indent: number;
}

type Sql = typeof sqls;
type OldSql = typeof oldSqls;

/** One of the older parsers, which go line by line. */
const old = (parser: StreamParser<unknown>): LanguageSupport => new LanguageSupport(StreamLanguage.define(parser));

const sql = (dialect: (of: Sql) => Sql["StandardSQL"]): Language => ({
  load: () =>
    import("@codemirror/lang-sql").then((found) => found.sql({ dialect: dialect(found), upperCaseKeywords: true })),
  indent: 2,
});

const oldSql = (dialect: (of: OldSql) => StreamParser<unknown>): Language => ({
  load: () => import("@codemirror/legacy-modes/mode/sql").then((found) => old(dialect(found))),
  indent: 2,
});

const cpp = (): Promise<LanguageSupport> => import("@codemirror/lang-cpp").then((found) => found.cpp());

export const LANGUAGES: Readonly<Record<string, Language>> = {
  python: {
    load: () => import("@codemirror/lang-python").then(({ python }) => python()),
    indent: 4,
  },
  c: { load: cpp, indent: 4 },
  cpp: { load: cpp, indent: 4 },
  markdown: {
    load: () =>
      import("@codemirror/lang-markdown").then(({ markdown, markdownLanguage }) =>
        markdown({ base: markdownLanguage }),
      ),
    indent: 2,
  },
  latex: {
    load: () => import("@codemirror/legacy-modes/mode/stex").then(({ stex }) => old(stex)),
    indent: 2,
  },
  json: { load: () => import("@codemirror/lang-json").then(({ json }) => json()), indent: 2 },
  html: { load: () => import("@codemirror/lang-html").then(({ html }) => html()), indent: 2 },
  css: { load: () => import("@codemirror/lang-css").then(({ css }) => css()), indent: 2 },
  javascript: {
    load: () => import("@codemirror/lang-javascript").then(({ javascript }) => javascript({ jsx: true })),
    indent: 2,
  },
  jinja2: { load: () => import("@codemirror/lang-jinja").then(({ jinja }) => jinja()), indent: 2 },
  typescript: {
    load: () => import("@codemirror/lang-javascript").then(({ javascript }) => javascript({ typescript: true })),
    indent: 2,
  },
  yaml: { load: () => import("@codemirror/lang-yaml").then(({ yaml }) => yaml()), indent: 2 },
  dockerfile: {
    load: () => import("@codemirror/legacy-modes/mode/dockerfile").then(({ dockerFile }) => old(dockerFile)),
    indent: 2,
  },
  shell: {
    load: () => import("@codemirror/legacy-modes/mode/shell").then(({ shell }) => old(shell)),
    indent: 2,
  },
  r: { load: () => import("@codemirror/legacy-modes/mode/r").then(({ r }) => old(r)), indent: 2 },
  sql: sql((of) => of.StandardSQL),
  "sql-msSQL": sql((of) => of.MSSQL),
  "sql-mySQL": sql((of) => of.MySQL),
  "sql-mariaDB": sql((of) => of.MariaSQL),
  "sql-sqlite": sql((of) => of.SQLite),
  "sql-cassandra": sql((of) => of.Cassandra),
  "sql-plSQL": sql((of) => of.PLSQL),
  "sql-hive": oldSql((of) => of.hive),
  "sql-pgSQL": sql((of) => of.PostgreSQL),
  "sql-gql": oldSql((of) => of.gql),
  "sql-gpSQL": oldSql((of) => of.gpSQL),
  "sql-sparkSQL": oldSql((of) => of.sparkSQL),
  "sql-esper": oldSql((of) => of.esper),
};
