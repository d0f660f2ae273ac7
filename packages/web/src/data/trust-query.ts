import type {
  Page,
  TriedTokenView,
  TrustPreviewInput,
  TrustPreviewView,
  TrustRuleInput,
  TrustRuleView,
  TrustTestInput,
  WithReason,
} from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useMutation, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { type PagedList, usePagedList } from "./paged-list.ts"
import { useAct } from "./use-act.ts"

/** Answers the trust rules of one agent. */
export function useTrustRulesOf(agent: string): UseQueryResult<Page<TrustRuleView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.trustRulesOf(agent),
    queryFn: ({ signal }) => client.listTrustRules({ agent, limit: 100 }, signal),
  })
}

/** Answers every trust rule that the person may see, page after page. */
export function useTrustRules(): PagedList<TrustRuleView> {
  return usePagedList(keys.allTrustRules, (client, after, signal) =>
    client.listTrustRules({ after, limit: 50 }, signal),
  )
}

/** Tells which tokens a rule would take; nothing is kept of it. */
export function usePreviewTrustRule(): UseMutationResult<TrustPreviewView, Error, TrustPreviewInput> {
  const client = useClient()
  return useMutation({ mutationFn: (input: TrustPreviewInput) => client.previewTrustRule(input) })
}

/** Makes a trust rule. */
export function useMakeTrustRule(): UseMutationResult<TrustRuleView, Error, TrustRuleInput> {
  return useAct([keys.trustRules, keys.anyAgent], (client, wish: TrustRuleInput) =>
    client.makeTrustRule(wish),
  )
}

/** Tells what a rule does with a token; nothing is kept of it. */
export function useTestTrustRule(): UseMutationResult<TriedTokenView, Error, TrustTestInput> {
  const client = useClient()
  return useMutation({ mutationFn: (input: TrustTestInput) => client.testTrustRule(input) })
}

/** Ends a trust rule, its install and what its workloads hold. */
export function useRemoveTrustRule(): UseMutationResult<unknown, Error, WithReason> {
  return useAct([keys.trustRules, keys.anyAgent], (client, wish: WithReason) => client.removeTrustRule(wish))
}
