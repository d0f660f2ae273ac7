import type { OverviewView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { POLL_SOON } from "./polling.ts"

/** Answers whether anything is wrong, what is waiting and what changed, every two seconds. */
export function useOverview(): UseQueryResult<OverviewView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.overview,
    queryFn: ({ signal }) => client.getOverview({}, signal),
    refetchInterval: POLL_SOON,
  })
}
