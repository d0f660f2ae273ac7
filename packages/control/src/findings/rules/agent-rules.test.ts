import assert from "node:assert/strict"
import { describe, it } from "node:test"
import {
  ANN,
  adopted,
  agent,
  at,
  credential,
  discovered,
  evidence,
  messages,
  said,
} from "./inventory.fixture.ts"
import { DAY_MS } from "./inventory-agent.ts"

describe("an agent of the inventory, well kept,", () => {
  it("gives nobody anything to do: owned, with a purpose, a mandate, a key in use", () => {
    assert.deepEqual(said(adopted()), [])
  })

  it("may hold a token of its person on a laptop, which is the scan's to speak of", () => {
    assert.deepEqual(said({ ...adopted(), credentials: [credential()] }), [])
  })
})

describe("the rule no-owner", () => {
  it("speaks of an agent at work that nobody answers for", () => {
    const nobodys = { ...adopted(), agent: agent({ owner: null }) }
    assert.deepEqual(said(nobodys), ["no-owner medium"])
  })

  it("speaks low of what was only just discovered on a laptop, as adopting it is what comes next", () => {
    assert.deepEqual(said(discovered()), ["no-owner low"])
  })

  it("is silent about what was dismissed or retired, and about a discovery that is not there any more", () => {
    for (const state of ["dismissed", "retired"] as const)
      assert.deepEqual(said({ ...adopted(), agent: agent({ state, owner: null }) }), [])
    assert.deepEqual(said({ ...discovered(), vanished: true }), [])
  })
})

describe("the rule owner-left", () => {
  it("speaks of an agent whose owner was switched off in the directory, or is not in it any more", () => {
    const left = { ...adopted(), owner: { ...ANN, active: false } }
    assert.deepEqual(said(left), ["owner-left high"])
    assert.match(messages(left).join(), /Ann is no longer active/)
    assert.deepEqual(said({ ...adopted(), owner: undefined }), ["owner-left high"])
  })

  it("is silent once the agent is retired, and where there was no owner", () => {
    const left = { ...adopted(), owner: { ...ANN, active: false } }
    assert.deepEqual(said({ ...left, agent: agent({ state: "retired" }) }), [])
    assert.ok(
      !said({ ...adopted(), agent: agent({ owner: null }), owner: undefined }).includes("owner-left high"),
    )
  })
})

describe("the rule retired-still-there", () => {
  const retired = { ...adopted(), agent: agent({ state: "retired" }), retiredAt: at(3) }

  it("speaks of an agent that a scan saw after it was retired", () => {
    assert.deepEqual(said({ ...retired, lastSeen: at(4) }), ["retired-still-there high"])
  })

  it("is silent until a scan has looked again, once it is gone, and where no scan ever saw it", () => {
    assert.deepEqual(said({ ...retired, lastSeen: at(2) }), [])
    assert.deepEqual(said({ ...retired, lastSeen: at(4), vanished: true }), [])
    assert.deepEqual(said({ ...retired, lastSeen: null }), [])
    assert.deepEqual(said({ ...adopted(), lastSeen: at(4) }), [])
  })
})

describe("the rule no-purpose", () => {
  it("speaks of an agent in the register whose line has no purpose, owned or not", () => {
    const entered = { ...adopted(), agent: agent({ state: "discovered", mandate: null }), purpose: null }
    assert.deepEqual(said({ ...entered, seen: false }), ["no-purpose low"])
    const proposed = { ...entered, agent: agent({ state: "proposed", mandate: null }) }
    assert.deepEqual(said(proposed), ["no-purpose low"])
  })

  it("is silent about what was merely discovered, as nobody is there yet to say it", () => {
    assert.ok(!said(discovered()).some((word) => word.startsWith("no-purpose")))
  })
})

describe("the rule shadow-agent", () => {
  it("speaks from the day on which the grace period is over, gravely where it holds credentials", () => {
    const left = { ...discovered(), now: at(14) }
    assert.ok(said(left).includes("shadow-agent medium"))
    assert.ok(said({ ...left, credentials: [credential()] }).includes("shadow-agent high"))
    assert.match(messages(left).join(), /since 2026-11-01/)
  })

  it("is silent within the grace period that was settled, and about what was adopted, dismissed or is gone", () => {
    const quiet = [
      { ...discovered(), now: at(13) },
      { ...discovered(), now: at(60), graceDays: 90 },
      { ...adopted(), now: at(14) },
      { ...discovered(), now: at(60), agent: agent({ state: "dismissed", owner: null }) },
      { ...discovered(), now: at(60), vanished: true },
    ]
    for (const known of quiet) assert.ok(!said(known).some((word) => word.startsWith("shadow-agent")))
  })
})

describe("the rule production-without-federation", () => {
  const production = { ...adopted(), category: "production", liveKeys: 0, idleSince: null } as const

  it("speaks of a service with keys in its environment or in a file, and names where they lie", () => {
    const env = { ...production, credentials: [credential({ storedAs: "env-reference" })] }
    assert.deepEqual(said(env), ["production-without-federation low"])
    const file = { ...production, credentials: [credential()] }
    assert.deepEqual(said(file), ["production-without-federation medium"])
    assert.match(evidence(file).join(), /openai-project-key at \/srv\/bot\/\.env/)
  })

  it("is silent about a workflow that its platform vouches for, a service with a key enrolled here, and a laptop", () => {
    const credentials = [credential()]
    assert.deepEqual(said({ ...production, credentials, federated: true }), [])
    assert.deepEqual(said({ ...production, credentials, liveKeys: 1 }), [])
    assert.deepEqual(said({ ...production, credentials, category: "local" }), [])
    assert.deepEqual(said({ ...production, credentials: [credential({ storedAs: "keychain" })] }), [])
  })
})

describe("the rule unbound-tokens", () => {
  it("speaks of an agent at work that has an install, where its tier may have bearer tokens", () => {
    const may = { ...adopted(), bearerTiers: ["read-only"] } as const
    assert.deepEqual(said(may), ["unbound-tokens medium"])
    assert.match(messages(may).join(), /tier read-only/)
  })

  it("is silent where another tier may, nothing is there to ask by, and about an agent that gets no token", () => {
    const may = { ...adopted(), bearerTiers: ["read-only"] } as const
    assert.deepEqual(said({ ...adopted(), bearerTiers: ["operator"] }), [])
    assert.deepEqual(said({ ...may, liveKeys: 0 }), [])
    assert.deepEqual(said({ ...may, agent: agent({ state: "suspended" }) }), [])
  })
})

describe("the rule review-overdue", () => {
  it("speaks from the day after the one that was named", () => {
    assert.deepEqual(said({ ...adopted(), nextReview: at(0), now: at(1) }), ["review-overdue low"])
  })

  it("is silent on that day, before it, and where nobody named one", () => {
    for (const nextReview of [at(0), at(9), null])
      assert.deepEqual(said({ ...adopted(), nextReview, now: at(0) }), [])
  })
})

describe("the rule mandate-ending", () => {
  it("speaks two weeks before the end, and graver after it", () => {
    assert.deepEqual(said({ ...adopted(), now: at(80) }), ["mandate-ending low"])
    assert.deepEqual(said({ ...adopted(), now: at(90) }), ["mandate-ending medium"])
  })

  it("is silent before that, and about an agent that was stopped", () => {
    assert.deepEqual(said({ ...adopted(), now: at(75) }), [])
    assert.deepEqual(said({ ...adopted(), now: at(90), agent: agent({ state: "suspended" }) }), [])
  })
})

describe("the rule limits-reached", () => {
  it("speaks of an agent that was denied ten calls within a day by a limit, and of none that was busy for once", () => {
    const { now } = adopted()
    const denied = (many: number, days: number) =>
      Array.from({ length: many }, () => new Date(now.getTime() - days * DAY_MS))
    assert.deepEqual(said({ ...adopted(), deniedByLimits: denied(10, 0) }), ["limits-reached medium"])
    assert.deepEqual(said({ ...adopted(), deniedByLimits: denied(9, 0) }), [])
    assert.deepEqual(said({ ...adopted(), deniedByLimits: [...denied(9, 0), ...denied(1, 2)] }), [])
    const ended = { ...adopted(), agent: agent({ state: "retired" }), deniedByLimits: denied(10, 0) }
    assert.deepEqual(
      said(ended).filter((one) => one.startsWith("limits-reached")),
      [],
    )
  })
})
