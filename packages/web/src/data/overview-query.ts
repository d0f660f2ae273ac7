import type { OverviewView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAskWhile } from "./liveness.ts"

/** Answers whether anything is wrong, what is waiting and what changed. */
export function useOverview(): UseQueryResult<OverviewView> {
  const client = useClient()
  const refetchInterval = useAskWhile<OverviewView>(({ scan }) => scan.running)
  return useQuery({
    queryKey: keys.overview,
    refetchInterval,
    queryFn: ({ signal }) => client.getOverview({}, signal),
  })
}
