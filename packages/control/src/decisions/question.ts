import { effectiveFacts, type Id, type ToolVersion } from "@tabard/core"
import type { Links, Question } from "@tabard/policy"
import type { RecordContext } from "../audit/event/audit-event.ts"
import type { AgentPrincipal } from "../tokens/check-token.ts"
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
}

/** The environment of every decision until organisations name their own. */
const ENVIRONMENT = "default"

/** Puts an attempt into the words that policies know. `approved` are the routes whose people have agreed to exactly this. */
export function questionOf(
  { organisation, clock }: RecordContext,
  asking: Asking,
  approved: readonly string[],
): Question {
  const { attempt, point, tool } = asking
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
      bound: "dpop",
      // Budgets are not kept yet, so none is left: a policy that counts on one denies.
      left: { calls: 0, spend: "0.0" },
      approved,
    },
  }
}

/** Everyone on whose behalf the call is made: the person served, the task, the agent. */
export function linksOf({
  principal,
  category,
  risk,
}: Pick<Asking, "principal" | "category" | "risk">): Links {
  const { agent, mandate, owner, task } = principal
  const acting = { id: agent.id, owner: owner.id, tier: mandate.tier, category, risk }
  if (!task) return { agents: [acting] }
  return {
    // An owner is active, or the agent would not stand; whoever else is served is asked of the directory.
    user: { id: task.onBehalfOf, active: principal.served?.active ?? false, teams: principal.servedTeams },
    task: { id: task.id, agent: agent.id },
    agents: [acting],
  }
}

/** The risk of an agent that nobody has scored: the worst there is, so that no policy trusts what is not known. */
const UNSCORED = 100

/** Answers what policies look at in an agent besides its mandate, each the worst where it is not known. */
export async function describedBy(
  { facts, risks }: Pick<Transaction, "facts" | "risks">,
  agent: Id<"agent">,
): Promise<Pick<Asking, "category" | "risk">> {
  const category = effectiveFacts(await facts.of([agent])).get("category")?.value
  // What is unknown of an agent must not open a door, so the upper end of the interval counts.
  const risk = (await risks.latest([agent])).get(agent)?.high ?? UNSCORED
  return { category: typeof category === "string" ? category : "production", risk }
}

/** The links by name, for the action hash and for people. */
export function chainOf(links: Links): readonly string[] {
  return [
    ...(links.user ? [links.user.id] : []),
    ...(links.task ? [links.task.id] : []),
    ...links.agents.map(({ id }) => id),
  ]
}
