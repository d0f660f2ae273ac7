import { type Agent, isId, Problem } from "@tabard/core"
import type { AgentStore } from "./agent-store.ts"

/**
 * Answers an agent by what a caller named it.
 *
 * @throws {Problem} agent_not_found
 */
export async function findAgent(agents: AgentStore, id: string): Promise<Agent> {
  const agent = isId("agent", id) ? await agents.find(id) : undefined
  if (!agent) throw new Problem("agent_not_found", `there is no agent ${id.slice(0, 80)}`)
  return agent
}
