import type { AgentDetail, AgentSummary } from "@tabard/api"
import { type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useEffect, useMemo } from "react"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

const PAGE = 1000

/** The inventory as far as it was read. */
export interface Inventory {
  readonly agents: readonly AgentSummary[]
  /** False while further pages are on their way. */
  readonly complete: boolean
  readonly isPending: boolean
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
}

/** Answers every agent, page after page: the first thousand show while the rest is still read. */
export function useInventory(): Inventory {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey: keys.agents,
    queryFn: ({ pageParam, signal }) => client.listAgents({ after: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const { data, hasNextPage, isFetching, fetchNextPage, refetch, error } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage, error])
  const agents = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return {
    agents,
    complete: !hasNextPage,
    isPending: query.isPending,
    error,
    updatedAt: query.dataUpdatedAt,
    retry: () => void refetch(),
  }
}

/** Until it was read, how many agents there are is unknown, and unknown is not zero. */
export function isRead({ isPending, updatedAt }: Inventory): boolean {
  return !isPending && updatedAt !== 0
}

/** Answers everything that is known of one agent. */
export function useAgent(id: string): UseQueryResult<AgentDetail> {
  const client = useClient()
  return useQuery({
    queryKey: keys.agent(id),
    queryFn: ({ signal }) => client.getAgent({ id }, signal),
  })
}
