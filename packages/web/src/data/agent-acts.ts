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
    onSuccess: (agent) => {
      cache.setQueryData(keys.agent(agent.id), agent)
      return refreshAround(cache)
    },
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
