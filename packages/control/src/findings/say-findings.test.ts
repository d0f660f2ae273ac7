import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { bySeverity, type Finding, SEVERITIES, type Severity } from "@tabard/core"
import * as fc from "fast-check"
import { type ControlWorld, openControlWorld } from "../testing/control-world.ts"
import type { Sighting } from "./finding-store.ts"
import { bounded, changeOf, sayFindings } from "./say-findings.ts"
import { keyOf } from "./settle-findings.ts"

describe("findings, for any order in which sources speak and fall silent,", () => {
  it("stand exactly while somebody says so, as grave as the gravest, under one id, each change told once", async () => {
    await using world = await openControlWorld()
    let subject = 0
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 1, maxLength: 12 }), async (steps) => {
        await play(world, `laptop ${subject++}`, steps)
      }),
      { numRuns: 40 },
    )
  })
})

describe("what changed in a source's words", () => {
  it("is what is new or different, what is gone, and what stayed as it was", () => {
    const [same, other, gone] = [word({ rule: "a" }), word({ rule: "b" }), word({ rule: "c" })]
    const different = { ...other, evidence: [{ path: "/x", line: 1, what: "it moved" }] }
    const fresh = word({ rule: "d" })
    assert.deepEqual(changeOf([same, other, gone], [same, different, fresh]), {
      says: [different, fresh],
      takesBack: [gone],
      again: [same],
    })
  })

  it("is nothing where the same was cut to size before", () => {
    const long = bounded(word({ message: "x".repeat(9_999) }))
    assert.deepEqual(changeOf([long], [bounded(word({ message: "x".repeat(9_999) }))]).says, [])
  })
  it("holds nothing that a store cannot keep: no control characters, and no half of a character", () => {
    const message = `The MCP server \u0000evil\u001b${"x".repeat(974)}😀`
    const kept = bounded(word({ message, evidence: [{ path: "/a\u0007", line: 1, what: "\ud800" }] }))
    assert.ok(!/\p{Cc}/u.test(kept.message + kept.evidence[0]?.path))
    assert.ok(kept.message.isWellFormed() && kept.evidence[0]?.what.isWellFormed())
  })
})

/** A source says something of the subject by a rule, this gravely, or says it no more. */
const STEP = fc.record({
  source: fc.constantFrom("one", "two", "three"),
  rule: fc.constantFrom("plaintext-credential", "no-owner"),
  severity: fc.option(fc.constantFrom(...SEVERITIES), { nil: null }),
})

type Step = { readonly source: string; readonly rule: string; readonly severity: Severity | null }

async function play(world: ControlWorld, subject: string, steps: readonly Step[]): Promise<void> {
  const said = new Map<string, Severity>()
  const ids = new Map<string, string>()
  for (const { source, rule, severity } of steps) {
    const before = (await kept(world, subject)).length
    const words = severity ? [word({ source, rule, subject, severity })] : []
    const takesBack = severity ? [] : [{ rule, subject }]
    await world.transact((tx) => sayFindings(world, tx, source, { says: words, takesBack }))
    if (severity) said.set(`${rule} ${source}`, severity)
    else said.delete(`${rule} ${source}`)

    const after = await kept(world, subject)
    for (const finding of after) {
      const [gravest] = [...said]
        .filter(([key]) => key.startsWith(finding.rule))
        .map(([, grave]) => grave)
        .toSorted(bySeverity)
      assert.equal(finding.standing.kind, gravest ? "open" : "resolved")
      if (gravest) assert.equal(finding.severity, gravest)
      assert.equal(ids.get(keyOf(finding)) ?? finding.id, finding.id)
      ids.set(keyOf(finding), finding.id)
    }
    assert.ok(after.length >= before)
  }
  await assertToldOnce(world, subject)
}

/** Opened once; then resolved and opened again by turns, as often as the finding counts. */
async function assertToldOnce(world: ControlWorld, subject: string): Promise<void> {
  const told = (await world.events()).filter(({ resource }) => resource === subject)
  for (const { rule, standing, reopened } of await kept(world, subject)) {
    const types = told.filter(({ data }) => JSON.stringify(data).includes(rule)).map(({ type }) => type)
    const resolved = reopened + (standing.kind === "resolved" ? 1 : 0)
    assert.deepEqual(
      [count(types, "finding.opened"), count(types, "finding.reopened"), count(types, "finding.resolved")],
      [1, reopened, resolved],
    )
  }
}

function count(types: readonly unknown[], type: string): number {
  return types.filter((one) => one === type).length
}

function kept(world: ControlWorld, subject: string): Promise<readonly Finding[]> {
  return world.snapshot(({ findings }) => findings.of([subject]))
}

function word(differs: Partial<Sighting> = {}): Sighting {
  const says = { severity: "medium", message: "it is so", evidence: [] } as const
  return { source: "one", rule: "no-owner", subject: "laptop", ...says, ...differs }
}
