import { type Agent, type Credential, type Mandate, newId, runFindingRules, type User } from "@tabard/core"
import { APART } from "../../self-government/self-government-of.ts"
import { DAY_MS, type InventoryAgent } from "./inventory-agent.ts"
import type { InventoryCredential } from "./inventory-credential.ts"
import { AGENT_RULES, CREDENTIAL_RULES } from "./inventory-rules.ts"

const START = Date.parse("2026-11-01T12:00:00.000Z")
const clock = { now: () => new Date(START) }
/** Who owns them. */
export const ANN: User = {
  id: newId("user", clock),
  name: "Ann",
  email: "ann@acme.example",
  role: "member",
  active: true,
  createdAt: at(0),
}

/** The time so many days after the tests begin. */
export function at(days: number): Date {
  return new Date(START + days * DAY_MS)
}

/** A new id. */
export function newCredentialId(): Credential["id"] {
  return newId("credential", { now: () => new Date(START) })
}

/** A mandate that ends after so many days. */
export function mandate(days: number): Mandate {
  const agreed = {
    proposedBy: ANN.id,
    acceptedAt: at(0),
    oversight: "not-required",
    approvedBy: null,
  } as const
  return { purpose: "Sorts invoices.", tier: "read-only", expiresAt: at(days), ...agreed }
}

/** An active agent of Ann's, different in what is named. */
export function agent(differs: Partial<Agent> = {}): Agent {
  const id = newId("agent", clock)
  return { id, state: "active", owner: ANN.id, mandate: mandate(90), createdAt: at(0), ...differs }
}

/** An agent that Ann adopted, and that uses its key. */
export function adopted(): InventoryAgent {
  return {
    now: at(1),
    graceDays: 14,
    bearerTiers: [],
    agent: agent(),
    category: "local",
    owner: ANN,
    purpose: "Sorts invoices.",
    nextReview: null,
    seen: true,
    vanished: false,
    lastSeen: at(1),
    retiredAt: null,
    credentials: [],
    federated: false,
    selfGoverning: APART,
    liveKeys: 1,
    idleSince: null,
    deniedByLimits: [],
  }
}

/** Cursor on a laptop, as the first scan finds it. */
export function discovered(): InventoryAgent {
  const nobody = { owner: undefined, purpose: null, liveKeys: 0, idleSince: null }
  return { ...adopted(), ...nobody, agent: agent({ state: "discovered", owner: null, mandate: null }) }
}

/** A key in a file, different in what is named. */
export function credential(differs: Partial<Credential> = {}): Credential {
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
export function held(): InventoryCredential {
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

/** What the rules say of an agent, with how grave it is. */
export function said(known: InventoryAgent): readonly string[] {
  return runFindingRules(AGENT_RULES, known).map(word)
}

/** What the rules say of a credential, with how grave it is. */
export function saidOf(known: InventoryCredential): readonly string[] {
  return runFindingRules(CREDENTIAL_RULES, known).map(word)
}

/** A finding in two words. */
export function word({ rule, severity }: { readonly rule: string; readonly severity: string }): string {
  return `${rule} ${severity}`
}

/** What is said of an agent, in sentences. */
export function messages(known: InventoryAgent): readonly string[] {
  return runFindingRules(AGENT_RULES, known).map(({ message }) => message)
}

/** What is said to show it. */
export function evidence(known: InventoryAgent): readonly string[] {
  return runFindingRules(AGENT_RULES, known).flatMap((finding) => finding.evidence.map(({ what }) => what))
}
