import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { declarationKnowledge, providerOf } from "./declaration-knowledge.ts"

const LEVELS = new Set([null, "restricted", "partial", "broad", "unrestricted"])

describe("what is known of declared agents", () => {
  const { actions, programs } = declarationKnowledge()

  it("names each action by its owner, and once", () => {
    const repositories = actions.flatMap((action) => action.repositories)
    assert.equal(new Set(repositories).size, repositories.length)
    for (const repository of repositories) assert.match(repository, /^[\w.-]+\/[\w./-]+$/)
  })

  it("says of each program how it is started without a person, and once", () => {
    assert.equal(new Set(programs.map(({ program }) => program)).size, programs.length)
    for (const { program, starts = [], words = [] } of programs)
      assert.ok(starts.length + words.length > 0, program)
  })

  it("gives each mode a level of ours, and each command line a program that is known", () => {
    const modes = [...actions, ...programs].flatMap(({ modes: known = {} }) => Object.values(known))
    for (const level of modes.flatMap((levels) => Object.values(levels))) assert.ok(LEVELS.has(level))
    const named = actions.flatMap((action) => Object.values({ ...action.arguments, ...action.environment }))
    for (const name of named)
      assert.ok(
        programs.some(({ program }) => program === name),
        name,
      )
  })

  it("tells whose credential a variable holds by the longest beginning that fits", () => {
    assert.equal(providerOf("ANTHROPIC_API_KEY"), "Anthropic")
    assert.equal(providerOf("azure-openai-key"), "Azure OpenAI")
    assert.equal(providerOf("ANTHROPICAL"), null)
  })
})
