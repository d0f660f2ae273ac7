import {
  type Clock,
  type DecisionRecord,
  type EffectClass,
  type Id,
  isId,
  type JsonObject,
  type KeyStorage,
  newId,
  Problem,
  writeAmount,
} from "@tabard/core"
import type { AgentFacts, Question, SessionFacts } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { CountedBudget } from "../budgets/count-budgets.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { asItWas } from "./as-it-was.ts"
import { type Draft, withDraft } from "./drafted-sets.ts"
import { type CallEvaluation, type EvaluateStore, evaluateCall } from "./evaluate-call.ts"
import type { Explanation } from "./explain-decision.ts"
import { KnownInputs } from "./known-inputs.ts"
import type { NamedAgent } from "./named-principal.ts"
import { PolicyKeeper } from "./policies-in-force.ts"

export interface WhatIfDeps extends RecordContext {
  readonly snapshot: Snapshot<EvaluateStore>
  readonly transact: Transact<"outbox" | "servers">
  /** Holds what was compiled of what is in force, for whoever asks often. */
  readonly policies?: PolicyKeeper
}

/** What a question is asked with in place of what holds; whatever is absent stays as it is. */
export interface SupposedSession {
  readonly door?: string
  readonly env?: string
  readonly bound?: string
  readonly posture?: readonly string[]
  /** Where its key would be, or that its platform would have proven it; null for a key of which nobody said where it is. */
  readonly key?: KeyStorage | "federated" | null
  /** Null for an address that nobody saw. */
  readonly ip?: string | null
  readonly prov?: NonNullable<SessionFacts["prov"]>
  /** The routes whose people would have agreed. */
  readonly approved?: readonly string[]
}

/** What is supposed of the agent that acts. */
export type SupposedAgent = Partial<Pick<AgentFacts, "category" | "owner" | "risk" | "tier">>

/** What is supposed to be left of every limit that counts the call. */
export interface SupposedLeft {
  readonly calls?: number
  /** Ten-thousandths of a currency. */
  readonly spend?: number
}

/** A question that a person supposes. */
export interface SupposedQuestion {
  readonly who: NamedAgent
  readonly server: Id<"server">
  readonly tool: string
  readonly arguments: JsonObject
  readonly session: SupposedSession
  readonly agent?: SupposedAgent
  readonly left?: SupposedLeft
  /** What its tool would be taken for. */
  readonly effects?: readonly EffectClass[]
  /** The digest of the tool's definition that its caller would have seen. */
  readonly digest?: string
  /** Where its paths would lead on disk, by the path as it is given. */
  readonly resolved?: Readonly<Record<string, string>>
  /** When it would be asked; now where nobody says. */
  readonly at?: Date
  /** Judged as this decision was, with everything as it was then; as of now where nobody says. */
  readonly asOf?: DecisionRecord
  readonly draft?: Draft
}

/**
 * Answers what would be decided of a question that nobody asks, by the same evaluation that decides calls: nothing is reserved,
 * spent, recorded or asked of people. What people have said of real calls does not count; what is supposed does.
 *
 * @throws {Problem} manifest_invalid, policy_invalid, of a draft
 */
export async function whatIf(deps: WhatIfDeps, asked: SupposedQuestion): Promise<CallEvaluation> {
  const { at, asOf, draft, who, server, tool, digest, resolved = {} } = asked
  const clock = at ? { now: () => at } : deps.clock
  const snapshot: WhatIfDeps["snapshot"] = (work) =>
    deps.snapshot(async (tx) => {
      const known = withEffects(asOf ? asItWas(tx, asOf) : tx, asked, deps.clock)
      return work(draft ? await withDraft(deps, known, { draft, agent: who.agent }) : known)
    })
  return evaluateCall(
    { policies: new PolicyKeeper(), ...deps, clock, snapshot, known: new KnownInputs() },
    {
      who: { named: who },
      server,
      tool,
      arguments: asked.arguments,
      digest,
      point: { kind: "gateway", subjects: ["*"], asserts: ["resolved-path"] },
      circumstances: { resolvedPaths: new Map(Object.entries(resolved)) },
      supposing: {
        question: (question) => supposed(question, asked),
        counted: (counted) => counted.map((one) => withLeft(one, asked.left)),
      },
    },
  )
}

/** Taken for something else, a tool is under another schema. */
function withEffects<Stores extends Pick<Transaction, "servers">>(
  tx: Stores,
  { server, tool, effects }: SupposedQuestion,
  clock: Clock,
): Stores {
  if (!effects) return tx
  const { servers } = tx
  return {
    ...tx,
    servers: {
      ...servers,
      async pinned(of) {
        const pinned = await servers.pinned(of)
        return pinned.map((one) =>
          one.server === server && one.name === tool
            ? { ...one, id: newId("toolVersion", clock), effects }
            : one,
        )
      },
    },
  }
}

function supposed(question: Question, asked: SupposedQuestion): Question {
  const { ip, key, ...session } = asked.session
  const { ip: seen, ...rest } = question.session
  const address = ip === undefined ? seen : (ip ?? undefined)
  const posture = session.posture ?? rest.posture ?? []
  return {
    ...question,
    links: { ...question.links, agents: toldOf(question.links.agents, asked) },
    session: {
      ...rest,
      ...session,
      left: leftIn(question, asked),
      posture: key === undefined ? posture : [...posture.filter((one) => !isOfKey(one)), ...keyPosture(key)],
      ...(address !== undefined && { ip: address }),
    },
  }
}

/** Whoever was told of then is told of as then, and whoever acts as is supposed. */
function toldOf(
  agents: Question["links"]["agents"],
  { asOf, agent }: SupposedQuestion,
): Question["links"]["agents"] {
  const told = new Map(asOf?.grounds?.agents?.map((one) => [one.id, one]))
  const [acting, ...others] = agents
  return [
    { ...acting, ...told.get(acting.id), ...agent },
    ...others.map((one) => ({ ...one, ...told.get(one.id) })),
  ]
}

function leftIn(question: Question, asked: SupposedQuestion): SessionFacts["left"] {
  const { calls, spend } = leftThen(asked) ?? question.session.left
  const { left } = asked
  return {
    calls: left?.calls ?? calls,
    spend: left?.spend === undefined ? spend : writeAmount(left.spend),
  }
}

/** What was left then is left where the same call is asked about under the same limits. */
function leftThen({ asOf, draft, who, tool }: SupposedQuestion): SessionFacts["left"] | undefined {
  const { agent, grounds } = asOf ?? {}
  return who.agent === agent && tool === grounds?.tool && draft === undefined ? grounds.left : undefined
}

function isOfKey(posture: string): boolean {
  return posture.startsWith("key:") || posture.startsWith("identity:")
}

function keyPosture(key: NonNullable<SupposedSession["key"]> | null): readonly string[] {
  if (key === null) return []
  return [key === "federated" ? "identity:federated" : `key:${key}`]
}

function withLeft(one: CountedBudget, left: SupposedLeft = {}): CountedBudget {
  const supposedLeft = left[one.budget.counts]
  return supposedLeft === undefined ? one : { ...one, used: Math.max(0, one.atMost - supposedLeft) }
}

/**
 * Answers the question that a recorded decision answered, to be asked again with everything as it was then. Where its arguments
 * are not known they must be said.
 *
 * @throws {Problem} body_invalid, where they are not
 */
export function questionAgain({
  decision,
  approval,
  arguments: args,
}: Pick<Explanation, "approval" | "arguments" | "decision">): SupposedQuestion {
  if (args === null) {
    throw new Problem(
      "body_invalid",
      "the arguments of this call were not kept, or are forgotten since: send arguments",
    )
  }
  const { grounds, action, at, judged } = decision
  const approved = decision.effect === "permit" ? (approval?.routes ?? []) : []
  return {
    who: whoActed(decision),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a call is about is its server
    server: decision.resource as Id<"server">,
    tool: grounds?.tool ?? action.slice(action.indexOf("/") + 1),
    arguments: args,
    session: { ...sessionOf(decision), approved },
    ...(judged && { resolved: judged.resolved }),
    at,
    asOf: decision,
  }
}

function whoActed({ agent, task, onBehalfOf, grounds }: DecisionRecord): NamedAgent {
  const actingFor = (grounds?.links ?? []).map(({ id }) => id).filter((id) => isId("agent", id))
  return {
    agent,
    ...(task && { task }),
    ...(onBehalfOf && { onBehalfOf }),
    actingFor: actingFor.filter((id) => id !== agent),
  }
}

function sessionOf({ grounds }: DecisionRecord): SupposedSession {
  if (!grounds) return {}
  const { ip, prov, ...circumstances } = grounds.circumstances
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept as policies were asked with it
  const origins = (prov ?? {}) as NonNullable<SupposedSession["prov"]>
  return { ...circumstances, ip: ip ?? null, prov: origins }
}
