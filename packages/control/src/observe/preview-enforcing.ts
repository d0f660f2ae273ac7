import type { Agent, Effect, Id, JsonObject } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { draftedManifest } from "../decisions/drafted-sets.ts"
import { assertAnswersFor, type Caller } from "../registry/caller.ts"
import { findAgent } from "../registry/find-agent.ts"
import type { Snapshot, Transaction } from "../transaction.ts"
import { type JudgedAgain, judgeAgain } from "./judge-again.ts"
import { MOST_OBSERVED } from "./observe-store.ts"

export type PreviewStores =
  | "agents"
  | "facts"
  | "observing"
  | "organisation"
  | "policies"
  | "risks"
  | "servers"
  | "tasks"
  | "teams"
  | "users"

export interface PreviewEnforcingDeps extends RecordContext {
  readonly snapshot: Snapshot<PreviewStores>
}

/** Calls that would be stopped for one reason. */
export interface StoppedCalls {
  readonly server: { readonly id: Id<"server">; readonly name: string }
  readonly tool: string
  readonly effect: Exclude<Effect, "permit">
  readonly code: string
  readonly reasons: readonly string[]
  /** What would be needed instead, as the latest of them would be told. */
  readonly words: string
  readonly calls: number
  /** How many of them may be answered otherwise, since not all of their arguments were kept. */
  readonly uncertain: number
  readonly latest: Date
  readonly examples: readonly {
    readonly decision: Id<"decision">
    readonly at: Date
    readonly arguments: JsonObject | null
  }[]
}

/** What enforcing would have made of the calls that were observed. */
export interface EnforcingPreview {
  /** How many were let through in all. */
  readonly calls: number
  readonly permitted: number
  readonly asked: number
  readonly denied: number
  /** How many were let through of which too little is kept to judge them again. */
  readonly unjudged: number
  /** What would be stopped, what stops most first. */
  readonly stopped: readonly StoppedCalls[]
}

/** An example says what was called; a few are enough to see it. */
const EXAMPLES = 3

/**
 * Answers which calls of those that were observed would be denied or asked about under the manifest in force, or under a draft, and
 * why. Nothing is changed.
 *
 * @throws {Problem} agent_not_found, not_allowed, agent_state_conflict, manifest_invalid, policy_invalid
 */
export async function previewEnforcing(
  deps: PreviewEnforcingDeps,
  by: Caller,
  { agent: id, manifest }: { readonly agent: string; readonly manifest?: string | undefined },
): Promise<EnforcingPreview> {
  return deps.snapshot(async (tx) => {
    const agent = await findAgent(tx.agents, id)
    assertAnswersFor(by, agent.owner)
    return previewOf(deps, tx, agent, manifest)
  })
}

/** Answers what a manifest would have made of an agent's calls. */
export async function previewOf(
  deps: RecordContext,
  tx: Pick<Transaction, PreviewStores>,
  agent: Agent,
  manifest: string | undefined,
): Promise<EnforcingPreview> {
  const calls = await tx.observing.calls(agent.id, MOST_OBSERVED)
  const drafted =
    manifest === undefined ? undefined : await draftedManifest(deps, tx, { text: manifest, agent: agent.id })
  const judged = await judgeAgain(deps, tx, { agent, calls, ...(drafted && { draft: drafted }) })
  const all = (await tx.observing.find(agent.id))?.calls ?? 0
  const names = new Map((await tx.servers.list()).map((server) => [server.id, server.name]))
  const having = (effect: Effect): number => judged.filter((one) => one.effect === effect).length
  return {
    calls: all,
    permitted: having("permit"),
    asked: having("ask"),
    denied: having("deny"),
    unjudged: Math.max(0, all - judged.length),
    stopped: stoppedIn(judged, names),
  }
}

function stoppedIn(
  judged: readonly JudgedAgain[],
  names: ReadonlyMap<Id<"server">, string>,
): readonly StoppedCalls[] {
  const groups = Map.groupBy(
    judged.filter(({ effect }) => effect !== "permit"),
    ({ call, effect, code, reasons }) => JSON.stringify([call.server, call.tool, effect, code, reasons]),
  )
  return [...groups.values()]
    .flatMap((own) => stoppedFor(own, names))
    .toSorted((a, b) => b.calls - a.calls || b.latest.getTime() - a.latest.getTime())
}

/** Newest first, as they were read. */
function stoppedFor(
  own: readonly JudgedAgain[],
  names: ReadonlyMap<Id<"server">, string>,
): readonly StoppedCalls[] {
  const [newest] = own
  if (!newest || newest.effect === "permit") return []
  const { call, effect, code, reasons, missing } = newest
  return [
    {
      server: { id: call.server, name: names.get(call.server) ?? call.server },
      tool: call.tool,
      effect,
      code,
      reasons,
      words: missing,
      calls: own.length,
      uncertain: own.filter(({ isUncertain }) => isUncertain).length,
      latest: call.at,
      examples: own.slice(0, EXAMPLES).map((one) => ({
        decision: one.call.decision,
        at: one.call.at,
        arguments: one.call.arguments,
      })),
    },
  ]
}
