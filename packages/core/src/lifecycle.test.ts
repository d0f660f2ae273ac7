import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { AGENT_STATES, mayAct, nextState, TRANSITIONS, type Transition } from "./lifecycle.ts"

const ALLOWED = new Set([
  "discovered propose",
  "proposed activate",
  "active suspend",
  "quarantined suspend",
  "active quarantine",
  "suspended resume",
  "quarantined resume",
  "proposed retire",
  "active retire",
  "suspended retire",
  "quarantined retire",
  "retiring finish",
  "discovered dismiss",
  "proposed dismiss",
  "dismissed reopen",
])

describe("the lifecycle table", () => {
  it("allows these transitions and refuses every other", () => {
    for (const state of AGENT_STATES) {
      for (const transition of Object.keys(TRANSITIONS) as Transition[]) {
        const allowed = nextState(state, transition) !== undefined
        assert.equal(allowed, ALLOWED.has(`${state} ${transition}`), `${state} ${transition}`)
      }
    }
  })

  it("lets nothing leave retired", () => {
    assert.ok(Object.values(TRANSITIONS).every(({ from }) => !from.includes("retired")))
  })

  it("lets only an active agent act", () => {
    assert.deepEqual(AGENT_STATES.filter(mayAct), ["active"])
  })
})
