import type { AgentDetail, AgentSummary } from "@tabard/api"
import { type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useEffect, useMemo } from "react"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** What a screen shows is soon there; the rest is asked for in large pages. */
const FIRST_PAGE = 100
const PAGE = 1000

const NONE: readonly AgentSummary[] = []

/** The inventory as far as it was read. */
export interface Inventory {
  readonly agents: readonly AgentSummary[]
  /** False while further ones are on their way, or could not be read. */
  readonly complete: boolean
  readonly isPending: boolean
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
}

/**
 * Answers every agent: the first hundred at once, and all together when all were read. What came in between is not
 * told page by page: each would put the rows in another order under the pointer.
 */
export function useInventory(): Inventory {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey: keys.agents,
    queryFn: ({ pageParam, signal }) =>
      client.listAgents({ after: pageParam, limit: pageParam === undefined ? FIRST_PAGE : PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const { data, hasNextPage, isFetching, fetchNextPage, refetch, error } = query
  useEffect(() => {
    if (hasNextPage && !isFetching && !error) void fetchNextPage()
  }, [hasNextPage, isFetching, fetchNextPage, error])
  const read = useMemo(() => data?.pages.flatMap((page) => page.items) ?? NONE, [data])
  const agents = hasNextPage && !error ? (data?.pages[0]?.items ?? NONE) : read
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
