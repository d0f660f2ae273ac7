import { effectiveFacts, type Id, type ToolVersion } from "@tabard/core"
import type { AgentFacts, Links, Question } from "@tabard/policy"
import type { AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import type { AgentPrincipal } from "../tokens/check-token.ts"
import type { ActiveAgent } from "../tokens/require-active-agent.ts"
import type { Transaction } from "../transaction.ts"
import type { Attempt } from "./attempt.ts"
import type { EnforcementPoint } from "./enforcement-point-store.ts"

/** What is asked, by whom, at which door. */
export interface Asking {
  readonly attempt: Attempt
  readonly principal: AgentPrincipal
  readonly point: EnforcementPoint
  readonly tool: ToolVersion
  readonly category: string
  /** The worst that the agent's risk may be, from 0 to 100. */
  readonly risk: number
  /** The same of each agent that it acts for, nearest first. */
  readonly actedFor: readonly Description[]
}

/** What policies look at in an agent besides its mandate. */
export type Description = Pick<Asking, "category" | "risk">

/** The environment of every decision until organisations name their own. */
const ENVIRONMENT = "default"

/** Puts an attempt into the words that policies know. `approved` are the routes whose people have agreed to exactly this. */
export function questionOf(
  { organisation, clock }: RecordContext,
  asking: Asking,
  approved: readonly string[],
): Question {
  const { attempt, point, principal, tool } = asking
  return {
    organisation: organisation.id,
    action: {
      tool: tool.name,
      digest: tool.digest,
      arguments: attempt.arguments,
      // A door may only state what it is registered to have seen itself.
      ...(point.asserts.includes("resolved-path") && {
        realPaths: Object.fromEntries(attempt.resolvedPaths),
      }),
    },
    server: { id: attempt.server.id },
    links: linksOf(asking),
    session: {
      now: clock.now(),
      door: point.kind,
      env: ENVIRONMENT,
      bound: principal.jkt === null ? "none" : "dpop",
      posture: postureOf(principal),
      // Where calls are not counted none is left, as of money: a policy that counts on some denies.
      left: { calls: principal.token.callsLeft ?? 0, spend: "0.0" },
      approved,
    },
  }
}

/**
 * Where the key is that was proven, as its install has said. What it said of a new key says nothing of the one before, and
 * what nobody said is no posture at all, so that a policy which demands one denies.
 */
function postureOf({ instance, jkt }: AgentPrincipal): readonly string[] {
  const { keyStorage, thumbprint } = instance
  return keyStorage !== undefined && thumbprint !== null && thumbprint === jkt ? [`key:${keyStorage}`] : []
}

/** Everyone on whose behalf the call is made: the person served, the task, the agent, and each agent that it acts for. */
export function linksOf({
  principal,
  category,
  risk,
  actedFor,
}: Pick<Asking, "principal" | "category" | "risk" | "actedFor">): Links {
  const { task, chain } = principal
  const described = [{ category, risk }, ...actedFor]
  const facts = (link: ActiveAgent, index: number): AgentFacts => ({
    ...(described[index] ?? UNKNOWN),
    id: link.agent.id,
    owner: link.owner.id,
    tier: link.mandate.tier,
  })
  const user = servedLink(principal)
  return {
    ...(user && { user }),
    ...(task && { task: { id: task.id, agent: task.agent } }),
    agents: [facts(principal, 0), ...chain.map((link, index) => facts(link, index + 1))],
  }
}

/** An owner's word is the mandate itself; whoever else is served has to have let the agent do it. */
function servedLink({ task, served, servedTeams, owner, chain }: AgentPrincipal): Links["user"] {
  const id = task?.onBehalfOf ?? served?.id
  if (id === undefined || (!task && chain.length === 0 && id === owner.id)) return undefined
  return { id, active: served?.active ?? false, teams: servedTeams }
}

/** The worst that an agent may be, which is what one counts as that nobody has scored: no policy trusts what is not known. */
const UNKNOWN: Description = { category: "production", risk: 100 }

/** Answers what policies look at in the first of these agents, and in each that it acts for, the worst where it is not known. */
export async function describedBy(
  { facts, risks }: Pick<Transaction, "facts" | "risks">,
  ids: readonly Id<"agent">[],
): Promise<Pick<Asking, "category" | "risk" | "actedFor">> {
  const known = Map.groupBy(await facts.of(ids), ({ subject }) => subject)
  const latest = await risks.latest(ids)
  const [own = UNKNOWN, ...actedFor] = ids.map((id) => {
    const category = effectiveFacts(known.get(id) ?? []).get("category")?.value
    return {
      category: typeof category === "string" ? category : UNKNOWN.category,
      // What is unknown of an agent must not open a door, so the upper end of the interval counts.
      risk: latest.get(id)?.high ?? UNKNOWN.risk,
    }
  })
  return { ...own, actedFor }
}

/** Answers whoever acts, and then each agent that it acts for. */
export function agentsOf({ agent, chain }: Pick<AgentPrincipal, "agent" | "chain">): readonly Id<"agent">[] {
  return [agent.id, ...chain.map((link) => link.agent.id)]
}

/** Answers whom an act is recorded as done for: the person, and the agents between. */
export function actedForBy({
  chain,
  task,
  token,
}: Pick<AgentPrincipal, "chain" | "task" | "token">): Pick<AuditEvent, "actors" | "onBehalfOf"> {
  const onBehalfOf = task?.onBehalfOf ?? token.served
  return { actors: chain.map(({ agent }) => agent.id), ...(onBehalfOf && { onBehalfOf }) }
}

/** The links by name, for the action hash and for people. */
export function chainOf(links: Links): readonly string[] {
  return [
    ...(links.user ? [links.user.id] : []),
    ...(links.task ? [links.task.id] : []),
    ...links.agents.map(({ id }) => id),
  ]
}
