import { effectiveFacts, type Id, type ToolVersion } from "@tabard/core"
import type { Links, Question } from "@tabard/policy"
import type { RecordContext } from "../audit/event.ts"
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
export function linksOf({ principal, category }: Pick<Asking, "principal" | "category">): Links {
  const { agent, mandate, owner, task } = principal
  const acting = { id: agent.id, owner: owner.id, tier: mandate.tier, category, risk: UNSCORED }
  if (!task) return { agents: [acting] }
  return {
    // An owner is active, or the agent would not stand; whoever else is served is asked of the directory.
    user: { id: task.onBehalfOf, active: principal.served?.active ?? false },
    task: { id: task.id, agent: agent.id },
    agents: [acting],
  }
}

/** The risk of an agent that nobody has scored: the worst there is, so that no policy trusts what is not known. */
const UNSCORED = 100

/** Answers an agent's category, or the one that policies trust least where none is known. */
export async function categoryOf({ facts }: Pick<Transaction, "facts">, agent: Id<"agent">): Promise<string> {
  const category = effectiveFacts(await facts.of([agent])).get("category")?.value
  return typeof category === "string" ? category : "production"
}

/** The links by name, for the action hash and for people. */
export function chainOf(links: Links): readonly string[] {
  return [
    ...(links.user ? [links.user.id] : []),
    ...(links.task ? [links.task.id] : []),
    ...links.agents.map(({ id }) => id),
  ]
}
