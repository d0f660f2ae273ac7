import type { CoverageView, PolicyGapsView } from "@tabard/api"
import type { AgentState } from "@tabard/core"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { type PagedList, usePagedList } from "./paged-list.ts"

/** Answers which tools agents may use and by which policies, page after page. */
export function useCoverage(filter: { readonly state?: AgentState }): PagedList<CoverageView> {
  return usePagedList(keys.coverageOf(filter), (client, after, signal) =>
    client.listPolicyCoverage({ ...filter, after, limit: 100 }, signal),
  )
}

/** Answers what no policy speaks of, and which policies decided nothing lately. */
export function usePolicyGaps(): UseQueryResult<PolicyGapsView> {
  const client = useClient()
  return useQuery({ queryKey: keys.policyGaps, queryFn: ({ signal }) => client.getPolicyGaps({}, signal) })
}
