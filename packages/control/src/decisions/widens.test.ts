import assert from "node:assert/strict"
import { describe, it } from "node:test"
import type { Budget } from "@tabard/core"
import * as fc from "fast-check"
import { type AgentBounds, widens } from "./widens.ts"

const READ = { text: 'permit (principal, action == Tabard::Action::"notes/read", resource);' }
const WRITE = { text: 'permit (principal, action == Tabard::Action::"notes/write", resource);' }
const STOP = {
  text: '@say("a \\"b\\" permit")\nforbid (principal, action, resource) when { context.input.n > 1 };',
}
const HIDDEN = { text: "// forbid\npermit (principal, action, resource);" }
const TEN: Budget = { name: "calls", counts: "calls", atMost: 10, per: "day", currency: null, tools: null }

const bounds = (...policies: AgentBounds["policies"]): AgentBounds => ({ policies })

const CASES: readonly (readonly [
  what: string,
  before: AgentBounds | undefined,
  after: AgentBounds,
  is: boolean,
])[] = [
  ["a first permit", undefined, bounds(READ), true],
  ["nothing but forbids", undefined, bounds(STOP), false],
  ["the same, in another order", bounds(READ, STOP), bounds(STOP, READ), false],
  ["a permit more", bounds(READ), bounds(READ, WRITE), true],
  ["a permit less", bounds(READ, WRITE), bounds(READ), false],
  ["a forbid more", bounds(READ), bounds(READ, STOP), false],
  ["a forbid less", bounds(READ, STOP), bounds(READ), true],
  ["a permit that begins like a forbid", bounds(READ), bounds(READ, HIDDEN), true],
  ["another permit in place of one", bounds(READ), bounds(WRITE), true],
  [
    "another environment",
    { ...bounds(READ), environment: "production" },
    { ...bounds(READ), environment: "test" },
    true,
  ],
  ["an environment no more", { ...bounds(READ), environment: "production" }, bounds(READ), true],
  ["a limit", bounds(READ), { ...bounds(READ), budgets: [TEN] }, false],
  ["a limit less", { ...bounds(READ), budgets: [TEN] }, bounds(READ), true],
  [
    "a lower limit",
    { ...bounds(READ), budgets: [TEN] },
    { ...bounds(READ), budgets: [{ ...TEN, atMost: 9 }] },
    false,
  ],
  [
    "a higher limit",
    { ...bounds(READ), budgets: [TEN] },
    { ...bounds(READ), budgets: [{ ...TEN, atMost: 11 }] },
    true,
  ],
  [
    "a limit over a shorter time",
    { ...bounds(READ), budgets: [TEN] },
    { ...bounds(READ), budgets: [{ ...TEN, per: "hour" }] },
    true,
  ],
]

describe("a change of what bounds an agent", () => {
  // Tried the slow way, the machine that decides would stand still for longer than anybody waits.
  it("tells a permit from a forbid behind any number of annotations without a value", () => {
    const annotations = Array.from({ length: 2000 }, (_, at) => `@a${at}  \n  `).join("")
    const annotated = ({ text }: { readonly text: string }) => ({ text: `${annotations}${text}` })
    assert.equal(widens(bounds(READ), bounds(READ, annotated(WRITE))), true)
    assert.equal(widens(bounds(READ), bounds(READ, annotated(STOP))), false)
    assert.equal(widens(bounds(READ, annotated(WRITE)), bounds(READ)), false)
  })

  for (const [what, before, after, is] of CASES)
    it(`${is ? "widens" : "does not widen"} by ${what}`, () => {
      assert.equal(widens(before, after), is)
    })

  it("never widens by taking permits away or adding forbids and limits, whatever there was", () => {
    const permit = fc.constantFrom(READ, WRITE, HIDDEN)
    fc.assert(
      fc.property(fc.array(permit), fc.array(permit), (kept, gone) => {
        const after = { policies: [...kept, STOP], budgets: [TEN] }
        return !widens(bounds(...kept, ...gone.filter((one) => one !== HIDDEN)), after)
      }),
    )
  })
})
