import type { AgentDetail, Client } from "@tabard/api"
import { type QueryClient, type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Does one act on an agent; the page shows what the server answers, not what was hoped for. */
export function useAgentAct<Input>(
  act: (client: Client, input: Input) => Promise<AgentDetail>,
): UseMutationResult<AgentDetail, Error, Input> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSuccess: (agent) => takeAnswer(cache, agent),
  })
}

/** Does work for an agent that answers something else, such as a task; then the agent is read again. */
export function useAgentWork<Input, Answer>(
  agent: string,
  work: (client: Client, input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => work(client, input),
    onSuccess: () =>
      Promise.all([cache.invalidateQueries({ queryKey: keys.agent(agent) }), refreshAround(cache)]),
  })
}

/**
 * Takes the server's answer to an act on an agent for what is true now. What belongs to the agent besides (how it ends,
 * who may act for it) was read before the act, and so is whatever of it is still on its way: all of that is read again.
 */
export async function takeAnswer(cache: QueryClient, agent: Pick<AgentDetail, "id">): Promise<void> {
  cache.setQueryData(keys.agent(agent.id), agent)
  await Promise.all([cache.invalidateQueries({ queryKey: keys.agent(agent.id) }), refreshAround(cache)])
}

/** Reads again everything that acts on agents may have changed elsewhere. */
export async function refreshAround(cache: QueryClient): Promise<void> {
  await Promise.all(
    [
      keys.agents,
      keys.overview,
      keys.riskPicture,
      keys.approvals,
      keys.offers,
      keys.findings,
      keys.rules,
      keys.events,
    ].map((queryKey) => cache.invalidateQueries({ queryKey })),
  )
}
