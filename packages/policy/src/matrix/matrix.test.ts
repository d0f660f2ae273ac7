import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { describe, it } from "node:test"
import { type Ask, baseOf, decideIn, texts } from "./world.ts"

interface Case {
  readonly when: string
  readonly ask: Ask
  readonly effect: string
  readonly code?: string
  readonly reasons?: readonly string[]
  readonly routes?: readonly string[]
  readonly erred?: readonly string[]
  readonly missing?: string
}

interface Situation {
  readonly situation: string
  readonly policies: Readonly<Record<string, string>>
  readonly questions: readonly Case[]
}

const folder = new URL(".", import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith(".json"))

it("has situations to decide", () => assert.ok(files.length >= 3))

for (const file of files) {
  const { situation, policies, questions }: Situation = JSON.parse(
    readFileSync(new URL(file, folder), "utf8"),
  )
  describe(situation, () => {
    const base = baseOf(texts(policies))
    for (const expected of questions) {
      it(expected.when, () => {
        const decision = decideIn(base, expected.ask)
        assert.equal(decision.effect, expected.effect, decision.missing)
        if (expected.code) assert.equal(decision.code, expected.code)
        if (expected.reasons) assert.deepEqual(decision.reasons, expected.reasons)
        if (expected.erred) assert.deepEqual(decision.erred, expected.erred)
        assert.deepEqual(
          decision.asks.map(({ route }) => route),
          expected.routes ?? [],
        )
        if (expected.missing) assert.ok(decision.missing.includes(expected.missing), decision.missing)
        assert.equal(decision.missing === "", decision.effect === "permit")
      })
    }
  })
}
