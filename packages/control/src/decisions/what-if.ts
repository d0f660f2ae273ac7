import { type Clock, type DecisionRecord, type Id, isId, type JsonObject, Problem } from "@tabard/core"
import type { Question, SessionFacts } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { type Draft, draftedSets } from "./drafted-sets.ts"
import { type CallEvaluation, type EvaluateStore, evaluateCall } from "./evaluate-call.ts"
import type { Explanation } from "./explain-decision.ts"
import { KnownInputs } from "./known-inputs.ts"
import type { NamedAgent } from "./named-principal.ts"
import { PolicyKeeper } from "./policies-in-force.ts"

export interface WhatIfDeps extends RecordContext {
  readonly snapshot: Snapshot<EvaluateStore>
  readonly transact: Transact<"outbox" | "servers">
}

/** What a question is asked with in place of what holds; whatever is absent stays as it is. */
export interface SupposedSession {
  readonly door?: string
  readonly env?: string
  readonly bound?: string
  readonly posture?: readonly string[]
  /** Null for an address that nobody saw. */
  readonly ip?: string | null
  readonly prov?: NonNullable<SessionFacts["prov"]>
  /** The routes whose people would have agreed. */
  readonly approved?: readonly string[]
}

/** A question that a person supposes. */
export interface SupposedQuestion {
  readonly who: NamedAgent
  readonly server: Id<"server">
  readonly tool: string
  readonly arguments: JsonObject
  readonly session: SupposedSession
  /** When it would be asked; now where nobody says. */
  readonly at?: Date
  /** Judged by the policies, and under the tasks, of this time; of now where nobody says. */
  readonly asOf?: Date
  readonly draft?: Draft
}

type Stores = Pick<Transaction, EvaluateStore>

/**
 * Answers what would be decided of a question that nobody asks, by the same evaluation that decides calls: nothing is reserved,
 * spent, recorded or asked of people. What people have said of real calls does not count; what is supposed does.
 *
 * @throws {Problem} manifest_invalid, policy_invalid, of a draft
 */
export async function whatIf(deps: WhatIfDeps, asked: SupposedQuestion): Promise<CallEvaluation> {
  const { at, asOf, draft, who, server, tool } = asked
  const clock: Clock = at ? { now: () => at } : deps.clock
  const snapshot: WhatIfDeps["snapshot"] = (work) =>
    deps.snapshot(async (tx) => {
      const then = asOf ? asOfThen(tx, asOf) : tx
      return work(draft ? await drafted(deps, then, { draft, agent: who.agent }) : then)
    })
  return evaluateCall(
    { ...deps, clock, snapshot, policies: new PolicyKeeper(), known: new KnownInputs() },
    {
      who: { named: who },
      server,
      tool,
      arguments: asked.arguments,
      point: { kind: "gateway", subjects: ["*"], asserts: [] },
      supposing: (question) => supposed(question, asked.session),
    },
  )
}

function supposed(question: Question, { ip, ...session }: SupposedSession): Question {
  const { ip: seen, ...rest } = question.session
  const address = ip === undefined ? seen : (ip ?? undefined)
  return { ...question, session: { ...rest, ...session, ...(address !== undefined && { ip: address }) } }
}

/** Tasks that were open then are, and policies that were in force then are. */
function asOfThen(tx: Stores, asOf: Date): Stores {
  const { policies, tasks } = tx
  return {
    ...tx,
    policies: { ...policies, concerning: (subjects) => policies.concerned(subjects, asOf) },
    tasks: {
      ...tasks,
      async find(id) {
        const task = await tasks.find(id)
        return task?.closedAt && task.closedAt > asOf ? { ...task, closedAt: null } : task
      },
    },
  }
}

async function drafted(
  deps: WhatIfDeps,
  tx: Stores,
  of: { readonly draft: Draft; readonly agent: Id<"agent"> },
): Promise<Stores> {
  const set = await draftedSets(deps, tx, of)
  const { policies } = tx
  return {
    ...tx,
    policies: {
      ...policies,
      async concerning(subjects) {
        const others = (await policies.concerning(subjects)).filter(
          ({ kind, subject }) => kind !== set.kind || subject !== set.subject,
        )
        return subjects.includes(set.subject) || set.kind === "guard" ? [...others, set] : others
      },
    },
  }
}

/**
 * Answers the question that a recorded decision answered, to be asked again. Its arguments are not kept with it: they are those of
 * the question to people where there was one, and must be said otherwise.
 *
 * @throws {Problem} body_invalid, where its arguments are not known
 */
export function questionAgain({
  decision,
  approval,
  arguments: args,
}: Pick<Explanation, "approval" | "arguments" | "decision">): SupposedQuestion {
  if (args === null) {
    throw new Problem(
      "body_invalid",
      "the arguments of this call were not kept, since nobody was asked about it: send arguments",
    )
  }
  const { grounds, action, at } = decision
  const approved = decision.effect === "permit" ? (approval?.routes ?? []) : []
  return {
    who: whoActed(decision),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what a call is about is its server
    server: decision.resource as Id<"server">,
    tool: grounds?.tool ?? action.slice(action.indexOf("/") + 1),
    arguments: args,
    session: { ...sessionOf(decision), approved },
    at,
    asOf: at,
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
