import assert from "node:assert/strict"
import { existsSync } from "node:fs"
import { glob, readFile } from "node:fs/promises"
import { join } from "node:path"
import { before, describe, it } from "node:test"

const ROOT = join(import.meta.dirname, "..")
const README = "docs/standards/README.md"
/** Where the files stand that the page names. */
const WHERE = ["", "packages", "test/acceptance"]

describe("the page that says which test shows each demand of a standard", () => {
  let cells: readonly string[]
  let tests: string
  before(async () => {
    cells = shownBy(await readFile(join(ROOT, README), "utf8"))
    tests = await allTests()
  })

  it("names tests that are there, by their titles", () => {
    const titles = cells.flatMap(titlesIn)
    assert.ok(titles.length > 100, "it names titles")
    assert.deepEqual(
      titles.filter((title) => !isThere(tests, title)),
      [],
    )
  })

  it("names files that are there", () => {
    const files = cells.flatMap(filesIn)
    assert.ok(files.length > 50, "it names files")
    assert.deepEqual(
      files.filter((file) => !WHERE.some((folder) => existsSync(join(ROOT, folder, file)))),
      [],
    )
  })
})

/** The last cell of each row of each table, but for headings and rules. */
function shownBy(page: string): readonly string[] {
  return page
    .split("\n")
    .filter((line) => /^\|(?! *-)/.test(line))
    .map(
      (line) =>
        line
          .split(/(?<!\\)\|/)
          .at(-2)
          ?.trim() ?? "",
    )
}

/** What stands in quotes is a title, or its parts with what is left out between them. */
function titlesIn(cell: string): readonly string[] {
  return [...cell.replaceAll(/`[^`]*`/g, "").matchAll(/"([^"]+)"/g)].map(([, title = ""]) => title)
}

function filesIn(cell: string): readonly string[] {
  return [...cell.matchAll(/`([\w./-]+\/[\w.-]+\.ts)`/g)].map(([, file = ""]) => file)
}

function isThere(tests: string, title: string): boolean {
  return title
    .split("…")
    .map((part) => part.trim().replace(/[,;]$/, ""))
    .every((part) => tests.includes(part))
}

/** The text of all tests, with what is written over several lines on one. */
async function allTests(): Promise<string> {
  const texts: string[] = []
  const patterns = [
    "packages/*/src/**/*.{test,contract}.ts",
    "packages/*/src/**/testing/*.ts",
    "test/**/*.ts",
  ]
  for await (const path of glob(patterns, {
    cwd: ROOT,
    exclude: ["**/node_modules/**", "test/standards-covered.test.ts"],
  }))
    texts.push(await readFile(join(ROOT, path), "utf8"))
  return texts.join("\n").replaceAll('\\"', '"')
}
