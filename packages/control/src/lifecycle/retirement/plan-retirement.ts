import type { Agent, Id, StepWish } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import type { Transaction } from "../../transaction.ts"

/** What a step of a retirement does. */
export const RETIREMENT_STEPS = [
  "close-task",
  "end-client",
  "end-trust-rules",
  "end-delegation",
  "revoke-key",
  "end-enrolments",
  "end-questions",
  "end-policies",
  "probe-token",
  "probe-key",
  "settle-credential",
  "certify",
] as const

/** One kind of step of a retirement. */
export type RetirementStep = (typeof RETIREMENT_STEPS)[number]

/** The stores that what an agent holds is read from. */
export type HoldingReads = Pick<
  Transaction,
  "delegations" | "instances" | "observations" | "tasks" | "tokens"
>

/** What an agent holds, as far as is known here. */
export interface Holding {
  readonly agent: Agent
  readonly now: Date
  readonly tasks: readonly Id<"task">[]
  /** The installs that are not revoked. */
  readonly instances: readonly { readonly id: Id<"instance">; readonly kind: string }[]
  readonly delegations: readonly Id<"delegation">[]
  readonly tokens: readonly string[]
  /** What others issued to it, as scans saw it. */
  readonly credentials: readonly Id<"credential">[]
}

const MOST_TASKS = 1000
const MOST_DELEGATIONS = 1000

/** The most live tokens that are tried one by one; all of them are revoked. */
const MOST_PROBED = 50

/** Answers what an agent holds now. */
export async function gatherHolding(
  { clock }: Pick<RecordContext, "clock">,
  tx: HoldingReads,
  agent: Agent,
): Promise<Holding> {
  const now = clock.now()
  const links = await tx.observations.linksOf([agent.id])
  const delegations = await tx.delegations.list({ agent: agent.id, limit: MOST_DELEGATIONS })
  return {
    agent,
    now,
    tasks: (await tx.tasks.of(agent.id, MOST_TASKS)).flatMap(({ id, closedAt }) => (closedAt ? [] : id)),
    instances: (await tx.instances.of(agent.id)).filter(({ revokedAt }) => revokedAt === null),
    delegations: delegations.map(({ id }) => id),
    tokens: (await tx.tokens.live(agent.id, now)).map(({ jti }) => jti),
    credentials: links.get(agent.id)?.credentials ?? [],
  }
}

/**
 * Answers how an agent is ended, step by step: what is ours is revoked and then tried, what others issued has to be
 * settled, and the last step certifies it. Pure: what is shown before is what is run.
 */
export function planRetirement(holding: Holding): readonly StepWish[] {
  const { agent, now, tasks, instances, delegations, tokens, credentials } = holding
  const step = (does: RetirementStep, to: string = agent.id): StepWish => {
    return { does, to, agent: agent.id, with: {}, due: now }
  }
  const kept = (kind: string): boolean => instances.some((one) => one.kind === kind)
  return [
    ...tasks.map((id) => step("close-task", id)),
    ...instances.filter(({ kind }) => kind === "client").map(({ id }) => step("end-client", id)),
    ...(kept("federated") ? [step("end-trust-rules")] : []),
    ...delegations.map((id) => step("end-delegation", id)),
    ...instances.filter(({ kind }) => kind === "key").map(({ id }) => step("revoke-key", id)),
    step("end-enrolments"),
    step("end-questions"),
    step("end-policies"),
    ...tokens.slice(0, MOST_PROBED).map((jti) => step("probe-token", jti)),
    ...instances.map(({ id }) => step("probe-key", id)),
    ...credentials.map((id) => step("settle-credential", id)),
    step("certify"),
  ]
}
