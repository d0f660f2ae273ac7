import { type Agent, type Id, isId } from "@tabard/core"
import type { Transaction } from "../../transaction.ts"
import type { LeavingStep } from "./departure-work.ts"

/** Answers the agent of a step while it is still who left's, or what became of it. */
export async function agentLeft(
  { agents }: Pick<Transaction, "agents">,
  { agent: id, of }: LeavingStep,
): Promise<{ readonly agent: Agent; readonly owner: Id<"user"> } | { readonly outcome: string }> {
  const agent = id === null ? undefined : await agents.find(id)
  if (!agent) return { outcome: "gone" }
  if (!isId("user", of.subject) || agent.owner !== of.subject) return { outcome: "taken over" }
  if (agent.state === "retiring" || agent.state === "retired" || agent.state === "dismissed")
    return { outcome: `${agent.state} meanwhile` }
  return { agent, owner: of.subject }
}
