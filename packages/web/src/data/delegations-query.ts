import type { DelegationInput, DelegationView, Page } from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

/** Answers which agents may act for one, and for which it may. */
export function useDelegationsOf(agent: string): UseQueryResult<Page<DelegationView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.delegationsOf(agent),
    queryFn: ({ signal }) => client.listAgentDelegations({ id: agent, limit: 100 }, signal),
  })
}

/** Lets another agent act for one. */
export function useAllowDelegation(): UseMutationResult<DelegationView, Error, DelegationInput> {
  return useAct([keys.anyAgent], (client, wish: DelegationInput) => client.allowDelegation(wish))
}

/** Withdraws such a permission, with the tokens that came of it. */
export function useWithdrawDelegation(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.anyAgent], (client, id: string) => client.withdrawDelegation({ id }))
}
