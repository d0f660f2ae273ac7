import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { loadKnowledge } from "../knowledge/load-knowledge.ts"
import { codeKind } from "./code-file.ts"
import { DECLARED_AGENTS } from "./fixtures/declared-agents.ts"
import { NO_AGENTS } from "./fixtures/no-agents.ts"
import { mayDeclareBy } from "./may-declare.ts"
import type { CodeFacts } from "./meaning/read-module.ts"
import { CodeParser } from "./worker/code-parser.ts"

const { frameworks } = loadKnowledge()
const mayDeclare = mayDeclareBy(frameworks)

describe("agents in source code", async () => {
  const parser = await CodeParser.create()

  for (const { framework, file, names, text } of DECLARED_AGENTS) {
    it(`are found where ${framework} is used in ${file}, by name`, async () => {
      assert.ok(mayDeclare(text), "the prefilter lets it through")
      const { agents } = await factsOf(parser, file, text)
      assert.deepEqual(agents.map(({ name }) => name).toSorted(), names.toSorted())
      assert.deepEqual([...new Set(agents.map((agent) => agent.framework))], [framework])
    })
  }

  for (const { about, file, text } of NO_AGENTS) {
    it(`are not ${about}`, async () => {
      assert.deepEqual((await factsOf(parser, file, text)).agents, [])
    })
  }

  it("are known for every framework and every language of it", () => {
    const shown = new Set(
      DECLARED_AGENTS.map(({ framework, file }) => `${framework} ${codeKind(file)?.language ?? ""}`),
    )
    const collections = new Set(["autogpt-style"])
    const missing = frameworks
      .filter(({ id, family }) => family === undefined && !collections.has(id) && id !== "azure-ai-foundry")
      .flatMap(({ id, sdks }) =>
        sdks.flatMap(({ languages }) => languages.map((language) => `${id} ${language}`)),
      )
      .filter((pair) => !shown.has(pair))
    assert.deepEqual(missing, [])
  })
})

async function factsOf(parser: CodeParser, file: string, text: string): Promise<CodeFacts> {
  const parsed = await parser.parse(file, text)
  assert.ok("facts" in parsed, "it was parsed")
  return parsed.facts
}
