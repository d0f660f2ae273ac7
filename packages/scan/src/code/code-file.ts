import type { CodeLanguage } from "../knowledge/knowledge-pack.ts"
import { cSharp } from "./syntax/c-sharp.ts"
import { go } from "./syntax/go.ts"
import type { Grammar } from "./syntax/grammar.ts"
import { java } from "./syntax/java.ts"
import { javascript, tsx, typescript } from "./syntax/javascript.ts"
import { python } from "./syntax/python.ts"

/** How a file is read: by the words of a language and the rules of a grammar. */
export interface CodeKind {
  readonly language: CodeLanguage
  readonly grammar: Grammar
  /** A file of cells of code among others, as JSON. */
  readonly notebook?: boolean
}

const KINDS: ReadonlyMap<string, CodeKind> = new Map([
  ["py", { language: "python", grammar: python }],
  ["ipynb", { language: "python", grammar: python, notebook: true }],
  ["ts", { language: "javascript", grammar: typescript }],
  ["mts", { language: "javascript", grammar: typescript }],
  ["cts", { language: "javascript", grammar: typescript }],
  ["tsx", { language: "javascript", grammar: tsx }],
  ["js", { language: "javascript", grammar: javascript }],
  ["mjs", { language: "javascript", grammar: javascript }],
  ["cjs", { language: "javascript", grammar: javascript }],
  ["jsx", { language: "javascript", grammar: javascript }],
  ["java", { language: "java", grammar: java }],
  ["cs", { language: "c-sharp", grammar: cSharp }],
  ["go", { language: "go", grammar: go }],
])

/** Answers how a file of that name is read, or undefined where it holds no code that is known. */
export function codeKind(path: string): CodeKind | undefined {
  return KINDS.get(path.slice(path.lastIndexOf(".") + 1))
}

/** Folders that hold others' code, or code that only tries out one's own. */
const NOT_OWN = new Set([
  "node_modules",
  "vendor",
  "vendored",
  "third_party",
  "third-party",
  "site-packages",
  "dist-packages",
  "bower_components",
  "dist",
  "test",
  "tests",
  "testing",
  "__tests__",
  "__mocks__",
  "spec",
  "specs",
  "testdata",
  "testharness",
  "e2e",
  "test_data",
  "unittests",
  "unit_tests",
  "integration_tests",
  "cassettes",
])
const TEST_FOLDER = /^(?:tests?[-_.]|.*[-_.]tests?$|.*\.(?:Unit|Integration)?Tests?$)/
const TEST_NAME =
  /^(?:test_.*|conftest|.*_tests?)\.(?:py|ipynb|go)$|\.(?:test|test-d|spec|e2e|stories|d|min|bundle)\.[cm]?[jt]sx?$|(?:Test|Tests|IT)\.(?:java|cs)$/

/** Answers, from the names in a path, whether a file holds code of the repository's own that is more than a test. */
export function isOwnCode(beneath: string): boolean {
  const names = beneath.split(/[\\/]/)
  const file = names.pop() ?? ""
  return !TEST_NAME.test(file) && !names.some((name) => NOT_OWN.has(name) || TEST_FOLDER.test(name))
}
