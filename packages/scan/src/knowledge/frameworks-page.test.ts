import assert from "node:assert/strict"
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import type { KnownCodeSetting, KnownDeclaration, KnownFramework } from "./knowledge-pack.ts"
import { loadKnowledge } from "./load-knowledge.ts"

const PAGE = join(import.meta.dirname, "../../../../docs/frameworks.md")
const LANGUAGES = {
  python: "Python",
  javascript: "TypeScript and JavaScript",
  java: "Java",
  "c-sharp": "C#",
  go: "Go",
} as const
const LEVELS = new Set(["none", "restricted", "partial", "broad", "unrestricted"])

const { frameworks } = loadKnowledge()
const inCode = frameworks.filter(({ sdks }) => sdks.length > 0)

describe("the page of frameworks", () => {
  // WRITE_DOCS=1 writes what this test otherwise compares.
  it("says of every framework what the knowledge pack says", () => {
    const text = pageText()
    if (process.env["WRITE_DOCS"] === "1") writeFileSync(PAGE, text)
    assert.equal(readFileSync(PAGE, "utf8"), text, "run this test once with WRITE_DOCS=1")
  })
})

describe("the frameworks of the knowledge pack", () => {
  it("have one id each, which is nobody's alias, and a family that is there", () => {
    const ids = frameworks.flatMap(({ id, aliases = [] }) => [id, ...aliases])
    assert.equal(new Set(ids).size, ids.length)
    for (const { family } of frameworks) assert.ok(family === undefined || ids.includes(family))
  })

  it("can be declared in each of their languages, from a module", () => {
    for (const { id, sdks } of inCode)
      for (const { languages, modules, agents } of sdks)
        assert.ok(languages.length * modules.length * agents.length > 0, id)
  })

  it("speak of autonomy in the levels of the report, each setting once", () => {
    for (const { id, autonomy = [] } of inCode) {
      const names = autonomy.map((known) => ("uses" in known ? known.uses : known.setting))
      assert.equal(new Set(names).size, names.length, id)
      assert.ok(
        autonomy.flatMap(levelsOf).every((level) => LEVELS.has(level)),
        id,
      )
    }
  })
})

function levelsOf(known: KnownCodeSetting): readonly string[] {
  if ("uses" in known) return known.level === null ? [] : [known.level]
  const levels = Object.values(known.levels).filter((level) => level !== null)
  return known.otherwise ? [...levels, known.otherwise] : levels
}

function pageText(): string {
  return `${INTRODUCTION}
${inCode
  .toSorted((a, b) => a.name.localeCompare(b.name, "en"))
  .map(sectionOf)
  .join("\n\n")}
`
}

const INTRODUCTION = `# Frameworks that the scan knows in source code

Made from \`packages/scan/knowledge/frameworks.json\`; a test holds the two together. An agent is a call of one of the names below that is
bound to an import of the module above it, whatever the name is called in the file: a name in a comment, a text or a type is none, nor is one of
a class of the file's own. _on any object_ means that the call is made on a client or builder, in a file that imports the module. Where
parameters are named, one of each group has to be given. _Wraps_ and _alone_ are not told beside the agent that they belong to. Frameworks with
_counted as_ are told by their own id and counted with that one. _Sure_ is how the entry was found: _high_ in the framework's source or documents,
_medium_ told by others. How freely an agent acts is told by the settings below, anywhere in its declaration and in the tools it names; the freest
counts, and what is not said is \`not_stated\`.

Not read: tests, vendored folders, and the package of a framework itself (see [LIMITATIONS.md](../LIMITATIONS.md)). Agents of workflows, exports and
infrastructure are in [declared-agents.md](declared-agents.md).
`

function sectionOf({
  id,
  name,
  confidence,
  aliases = [],
  family,
  sdks,
  autonomy = [],
}: KnownFramework): string {
  const facts = [
    `sure: ${confidence}`,
    ...(aliases.length > 0 ? [`also \`${aliases.join("`, `")}\``] : []),
    ...(family ? [`counted as \`${family}\``] : []),
  ]
  const code = sdks.map(({ languages, modules, agents }) => {
    const where = languages.map((language) => LANGUAGES[language]).join(", ")
    return `- ${where}, \`${modules.join("`, `")}\`: ${agents.map(declarationText).join(", ")}`
  })
  const settings = autonomy.length > 0 ? ["", `Autonomy: ${autonomy.map(settingText).join("; ")}.`] : []
  return [`## ${name} (\`${id}\`)`, "", `${facts.join("; ")}.`, "", ...code, ...settings].join("\n")
}

function declarationText(declaration: KnownDeclaration): string {
  const { call, how, needs = [], loop, wraps, alone, workflow } = declaration
  const notes = [
    ...(how === "method" ? ["on any object"] : how === "subclass" ? ["extended"] : []),
    ...needs.map((group) => `with ${group.join(" or ")}`),
    ...(loop ? ["in a loop"] : []),
    ...(wraps ? ["wraps"] : []),
    ...(alone ? ["alone"] : []),
    ...(workflow ? ["with a model or tools among its nodes"] : []),
  ]
  return `\`${call}\`${notes.length > 0 ? ` (${notes.join(", ")})` : ""}`
}

function settingText(known: KnownCodeSetting): string {
  if ("uses" in known) return `\`${known.uses}\`${known.level ? ` ${known.level}` : ""}`
  const levels = Object.entries(known.levels).flatMap(([value, level]) =>
    level ? [`${value} ${level}`] : [],
  )
  const all = [...levels, ...(known.otherwise ? [`any other ${known.otherwise}`] : [])]
  return `\`${known.setting}\`${all.length > 0 ? ` (${all.join(", ")})` : ""}`
}
