import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { type Agent, type Credential, type Mandate, newId, runFindingRules, type User } from "@tabard/core"
import { SCAN_RULES } from "@tabard/scan"
import { controlCatalogue, controlName } from "../control-catalogue.ts"
import { DAY_MS, type InventoryAgent } from "./inventory-agent.ts"
import type { InventoryCredential } from "./inventory-credential.ts"
import { AGENT_RULES, CREDENTIAL_RULES, INVENTORY_RULES } from "./inventory-rules.ts"
import { type InventorySource, sourceNotRead } from "./source-not-read.ts"

const START = Date.parse("2026-11-01T12:00:00.000Z")
const clock = { now: () => new Date(START) }
const ANN: User = {
  id: newId("user", clock),
  name: "Ann",
  email: "ann@acme.example",
  role: "member",
  active: true,
  createdAt: at(0),
}

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

describe("each rule that needs the inventory", () => {
  const controls = new Set(controlCatalogue().controls.map(controlName))

  for (const rule of INVENTORY_RULES)
    it(`names a remedy in one sentence, and controls that there are: ${rule.id}`, () => {
      assert.match(rule.remediation, /^[A-Z][^.]+\.$/)
      assert.ok(rule.title.length > 5)
      assert.ok(rule.controls.length >= 2 && rule.controls.length <= 4)
      assert.deepEqual(
        rule.controls.filter((name) => !controls.has(name)),
        [],
      )
    })

  it("says what the scan's rule of the same id is, where there is one", () => {
    for (const { id, title, controls: speaksTo } of INVENTORY_RULES) {
      const same = SCAN_RULES.find((rule) => rule.id === id)
      if (same) assert.deepEqual([title, speaksTo], [same.title, same.controls], id)
    }
  })

  it("says the same tomorrow where nothing changed, so that a day alone rewrites nothing", () => {
    const left = { ...discovered(), credentials: [credential()] }
    assert.deepEqual(messages({ ...left, now: at(20) }), messages({ ...left, now: at(21) }))
  })
})

function at(days: number): Date {
  return new Date(START + days * DAY_MS)
}

function newCredentialId(): Credential["id"] {
  return newId("credential", { now: () => new Date(START) })
}

function mandate(days: number): Mandate {
  const agreed = {
    proposedBy: ANN.id,
    acceptedAt: at(0),
    oversight: "not-required",
    approvedBy: null,
  } as const
  return { purpose: "Sorts invoices.", tier: "read-only", expiresAt: at(days), ...agreed }
}

function agent(differs: Partial<Agent> = {}): Agent {
  const id = newId("agent", clock)
  return { id, state: "active", owner: ANN.id, mandate: mandate(90), createdAt: at(0), ...differs }
}

/** An agent that Ann adopted, and that uses its key. */
function adopted(): InventoryAgent {
  return {
    now: at(1),
    graceDays: 14,
    agent: agent(),
    category: "local",
    owner: ANN,
    purpose: "Sorts invoices.",
    nextReview: null,
    seen: true,
    vanished: false,
    credentials: [],
    federated: false,
    liveKeys: 1,
    idleSince: null,
  }
}

/** Cursor on a laptop, as the first scan finds it. */
function discovered(): InventoryAgent {
  const nobody = { owner: undefined, purpose: null, liveKeys: 0, idleSince: null }
  return { ...adopted(), ...nobody, agent: agent({ state: "discovered", owner: null, mandate: null }) }
}

function credential(differs: Partial<Credential> = {}): Credential {
  return {
    id: newCredentialId(),
    key: "k",
    kind: "openai-project-key",
    provider: "openai",
    storedAs: "plaintext",
    fingerprint: "hmac",
    locations: ["/srv/bot/.env:3"],
    firstSeen: at(0),
    lastSeen: at(1),
    ...differs,
  }
}

/** A token that one agent holds. */
function held(): InventoryCredential {
  const own = credential()
  return {
    now: at(1),
    credential: own,
    vanished: false,
    twins: [{ id: own.id }],
    holders: 1,
    endedSince: null,
  }
}

function said(known: InventoryAgent): readonly string[] {
  return runFindingRules(AGENT_RULES, known).map(word)
}

function saidOf(known: InventoryCredential): readonly string[] {
  return runFindingRules(CREDENTIAL_RULES, known).map(word)
}

function word({ rule, severity }: { readonly rule: string; readonly severity: string }): string {
  return `${rule} ${severity}`
}

function messages(known: InventoryAgent): readonly string[] {
  return runFindingRules(AGENT_RULES, known).map(({ message }) => message)
}

function evidence(known: InventoryAgent): readonly string[] {
  return runFindingRules(AGENT_RULES, known).flatMap((finding) => finding.evidence.map(({ what }) => what))
}
