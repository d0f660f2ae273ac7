import type { DecisionDetail, DecisionFilter, DecisionView, SupposedCall, WhatIfView } from "@tabard/api"
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { type PagedList, usePagedList } from "./paged-list.ts"

const PAGE = 100

/** Answers what was decided, newest first, as far as it is wished for. */
export function useDecisions(filter: DecisionFilter): PagedList<DecisionView> {
  return usePagedList(keys.decisionsOf(filter), (client, after, signal) =>
    client.listDecisions({ ...filter, after, limit: PAGE }, signal),
  )
}

/** Answers one decision with all that explains it. */
export function useDecision(id: string): UseQueryResult<DecisionDetail> {
  const client = useClient()
  return useQuery({
    queryKey: keys.decision(id),
    queryFn: ({ signal }) => client.getDecision({ id }, signal),
  })
}

/** Answers what would be decided; while a change of the question is answered, the answer before it stays. */
export function useWhatIf(asked: SupposedCall, enabled: boolean): UseQueryResult<WhatIfView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.whatIf(asked),
    queryFn: ({ signal }) => client.askWhatIf(asked, signal),
    placeholderData: keepPreviousData,
    retry: false,
    enabled,
  })
}
