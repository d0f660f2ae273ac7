import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { runFindingRules } from "@tabard/core"
import {
  adopted,
  agent,
  at,
  credential,
  held,
  mandate,
  newCredentialId,
  said,
  saidOf,
  word,
} from "./inventory.fixture.ts"
import { type InventorySource, sourceNotRead } from "./source-not-read.ts"

describe("the rule unused-credential", () => {
  const idle = { ...adopted(), agent: agent({ mandate: mandate(300) }), idleSince: at(0) }

  it("speaks of an enrolled key by which no token was got for ninety days", () => {
    assert.deepEqual(said({ ...idle, now: at(90) }), ["unused-credential medium"])
  })

  it("is silent about a key that is used, younger, or revoked", () => {
    assert.deepEqual(said({ ...idle, now: at(90), idleSince: null }), [])
    assert.deepEqual(said({ ...idle, now: at(89) }), [])
    assert.deepEqual(said({ ...idle, now: at(90), liveKeys: 0 }), [])
  })

  it("speaks of a token that still lies there ninety days after the last agent that held it was retired", () => {
    assert.deepEqual(saidOf({ ...held(), endedSince: at(0), now: at(90) }), ["unused-credential medium"])
  })

  it("is silent about others' credentials whose use nobody here knows, and about what is gone", () => {
    assert.deepEqual(saidOf({ ...held(), now: at(400), endedSince: null }), [])
    assert.deepEqual(saidOf({ ...held(), endedSince: at(0), now: at(89) }), [])
    assert.deepEqual(saidOf({ ...held(), endedSince: at(0), now: at(90), vanished: true }), [])
  })
})

describe("the rule shared-credential, across machines,", () => {
  const [first = assert.fail(), second = assert.fail()] = [newCredentialId(), newCredentialId()].toSorted()
  const twins = [{ id: first }, { id: second }]

  it("speaks once, at the one that was known first, of equal bytes that agents hold on two machines", () => {
    const shared = { ...held(), twins, holders: 2 }
    assert.deepEqual(saidOf({ ...shared, credential: credential({ id: first }) }), [
      "shared-credential medium",
    ])
    assert.deepEqual(saidOf({ ...shared, credential: credential({ id: second }) }), [])
  })

  it("is silent about what one machine holds alone, and where only one agent is left that uses it", () => {
    const own = credential({ id: first })
    assert.deepEqual(saidOf({ ...held(), credential: own, twins: [{ id: own.id }], holders: 3 }), [])
    assert.deepEqual(saidOf({ ...held(), credential: own, twins, holders: 1 }), [])
  })
})

describe("the rule long-lived-credential, over time,", () => {
  it("speaks of the same bytes that were seen ninety days apart", () => {
    const old = { ...held(), credential: credential({ lastSeen: at(90) }) }
    assert.deepEqual(saidOf(old), ["long-lived-credential medium"])
  })

  it("is silent about a younger one, one without a fingerprint, a reference, and one that is gone", () => {
    const quiet = [
      { lastSeen: at(89) },
      { lastSeen: at(400), fingerprint: null },
      { lastSeen: at(400), storedAs: "env-reference" as const },
    ]
    for (const differs of quiet) assert.deepEqual(saidOf({ ...held(), credential: credential(differs) }), [])
    assert.deepEqual(saidOf({ ...held(), credential: credential({ lastSeen: at(90) }), vanished: true }), [])
  })
})

describe("the rule source-not-read", () => {
  const heard = (days: number, differs: Partial<InventorySource> = {}): readonly string[] => {
    const source = { source: "rep_1", lastFinished: at(0), revoked: false, refusal: null }
    return runFindingRules([sourceNotRead], { ...source, now: at(days), ...differs }).map(word)
  }

  it("speaks of a laptop whose scans have not arrived for a week", () => {
    assert.deepEqual(heard(7), ["source-not-read medium"])
  })

  it("is silent about one that is scanned each Monday", () => {
    assert.deepEqual(heard(6.9), [])
  })

  it("speaks of one whose last report was refused, and is silent once a later one was taken", () => {
    const refused = (days: number) => ({ refusal: { at: at(days), why: "report_invalid" } })
    assert.deepEqual(heard(2, refused(1)), ["source-not-read medium"])
    assert.deepEqual(heard(2, refused(-1)), [])
  })

  it("is silent about a reporter that was revoked, as the machine is gone", () => {
    assert.deepEqual(heard(400, { revoked: true }), [])
  })
})
