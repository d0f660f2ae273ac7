import type { Agent, DecisionRecord, Id, ToolVersion } from "@tabard/core"
import {
  compareScopes,
  compilePolicies,
  compileSchema,
  type PolicyBase,
  type PolicyText,
  type ScopeChange,
} from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { UNKNOWN } from "../decisions/described-by.ts"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import type { Caller } from "../registry/caller.ts"
import type { Snapshot, Transaction } from "../transaction.ts"
import { compileOwn } from "./compile-own.ts"
import { keptUnder, type OwnAddress } from "./own-address.ts"
import { assertMayWrite } from "./put-own-policies.ts"

export interface PreviewDeps extends RecordContext {
  readonly snapshot: Snapshot<"agents" | "decisions" | "policies" | "servers" | "tasks" | "teams" | "users">
}

/** What becomes of decisions like those that were recorded. Arguments are not looked at: where a condition decides, it is only `perhaps`. */
export type Becomes = "denied" | "perhaps-stricter" | "perhaps-laxer"

/** Decisions of one agent on one tool that came out alike, and what would become of such. */
export interface PreviewedDecisions {
  readonly agent: Id<"agent">
  readonly action: string
  readonly effect: DecisionRecord["effect"]
  readonly decisions: number
  readonly becomes: Becomes
}

/** What a document would change, before it is in force. */
export interface Preview {
  /** How many recorded decisions were looked at, and since when. */
  readonly looked: number
  readonly since: Date
  readonly policies: readonly PolicyText[]
  readonly changes: readonly PreviewedDecisions[]
}

const DAYS = 30
const DAY_MS = 24 * 3600_000

/** The most recorded decisions that are looked at, the newest. */
const MOST_DECISIONS = 1000

/**
 * Answers which recorded decisions would come out otherwise by a document, of the last thirty days and no more than the newest
 * thousand; what cannot be in force is refused as it is when it is saved.
 *
 * @throws {Problem} not_allowed, policy_invalid, agent_not_found, body_invalid
 */
export async function previewOwnPolicies(
  deps: PreviewDeps,
  by: Caller,
  { address, source }: { readonly address: OwnAddress; readonly source: string },
): Promise<Preview> {
  return deps.snapshot(async (tx) => {
    await assertMayWrite(tx, by, address)
    const policies = await compileOwn(tx, { organisation: deps.organisation, address, source })
    const { kind, subject } = keptUnder(address)
    const current = (await tx.policies.current(kind, subject))?.policies ?? []
    const pinned = await tx.servers.pinned()
    const schema = compileSchema(pinned.map(pinnedTool))
    const baseOf = (texts: readonly PolicyText[]): PolicyBase =>
      compilePolicies({ schema, policies: texts, version: 0, invalid: "deny" })
    const since = new Date(deps.clock.now().getTime() - DAYS * DAY_MS)
    const decisions = await recorded(tx, address, since)
    const change = changeBetween(baseOf(current), baseOf(policies), {
      organisation: deps.organisation.id,
      pinned,
    })
    return { looked: decisions.length, since, policies, changes: await changesIn(tx, decisions, change) }
  })
}

async function recorded(
  { decisions }: Pick<Transaction, "decisions">,
  address: OwnAddress,
  since: Date,
): Promise<readonly DecisionRecord[]> {
  const agent = address.kind === "hand" ? { agent: address.subject } : {}
  const newest = await decisions.list({ ...agent, limit: MOST_DECISIONS })
  // What was refused before policies were asked is refused whatever they say.
  return newest.filter(({ at, grounds }) => at >= since && grounds?.links.length !== 0)
}

type Change = (agent: Agent, decision: DecisionRecord) => ScopeChange | undefined

function changeBetween(
  before: PolicyBase,
  after: PolicyBase,
  { organisation, pinned }: { readonly organisation: string; readonly pinned: readonly ToolVersion[] },
): Change {
  return ({ id, mandate }, { action, resource }) => {
    // An action is told as server/tool, by the name that the server had then.
    const tool = pinned.find(({ server, name }) => server === resource && action.endsWith(`/${name}`))
    if (!tool || !mandate) return undefined
    const agent = { id, tier: mandate.tier, category: UNKNOWN.category, risk: UNKNOWN.risk }
    return compareScopes(before, after, { organisation, agent, tool })
  }
}

async function changesIn(
  { agents }: Pick<Transaction, "agents">,
  decisions: readonly DecisionRecord[],
  change: Change,
): Promise<readonly PreviewedDecisions[]> {
  const ids = [...new Set(decisions.map(({ agent }) => agent))]
  const known = new Map((await agents.findAll(ids)).map((agent) => [agent.id, agent]))
  const counted = new Map<string, PreviewedDecisions>()
  for (const decision of decisions) {
    const agent = known.get(decision.agent)
    const becomes = agent && becomesOf(decision, change(agent, decision))
    if (!becomes) continue
    const { action, effect } = decision
    const key = JSON.stringify([decision.agent, action, effect, becomes])
    const before = counted.get(key)?.decisions ?? 0
    counted.set(key, { agent: decision.agent, action, effect, becomes, decisions: before + 1 })
  }
  return [...counted.values()].toSorted((a, b) => b.decisions - a.decisions)
}

function becomesOf(
  { effect, reasons }: DecisionRecord,
  change: ScopeChange | undefined,
): Becomes | undefined {
  if (!change) return undefined
  const spokeThere = reasons.some((id) => change.gone.includes(id))
  if (effect !== "deny" && change.forbids === "always") return "denied"
  if (isStricter(effect, change, spokeThere)) return "perhaps-stricter"
  return effect !== "permit" && (change.permits || spokeThere) ? "perhaps-laxer" : undefined
}

/** A permit that is gone may have been the one that let it through. */
function isStricter(
  effect: DecisionRecord["effect"],
  { forbids }: ScopeChange,
  spokeThere: boolean,
): boolean {
  return effect !== "deny" && (forbids === "some" || (effect === "permit" && spokeThere))
}
