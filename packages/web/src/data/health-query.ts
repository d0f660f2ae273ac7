import type { HealthView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Nothing tells of health by itself: where the record is not kept, no event comes. */
const ASKED_EVERY_MS = 15_000

/** Answers how the installation does, asked again and again. */
export function useHealth(): UseQueryResult<HealthView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.health,
    queryFn: ({ signal }) => client.getHealth({}, signal),
    refetchInterval: ASKED_EVERY_MS,
  })
}
