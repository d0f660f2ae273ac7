import {
  type Client,
  type CredentialView,
  type ObservedServerView,
  type Page,
  type ResourceView,
  wholeList,
} from "@tabard/api"
import { type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

const PAGE = 200

/** A list as far as it was read. */
export interface PagedList<Item> {
  readonly items: readonly Item[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
  /** Absent where the last one was read. */
  readonly more: (() => void) | undefined
  readonly readingMore: boolean
}

/** Answers the systems that agents reach, the most used first. */
export function useResources(): UseQueryResult<Page<ResourceView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.resources,
    queryFn: ({ signal }) => wholeList(client.listResources, {}, signal),
  })
}

/** Answers the MCP servers that agents were seen to use. */
export function useObservedServers(): PagedList<ObservedServerView> {
  return usePaged(keys.observedServers, (client, after, signal) =>
    client.listObservedServers({ after, limit: PAGE }, signal),
  )
}

/** Answers the credentials that agents were seen to hold. */
export function useCredentials(): PagedList<CredentialView> {
  return usePaged(keys.credentials, (client, after, signal) =>
    client.listCredentials({ after, limit: PAGE }, signal),
  )
}

function usePaged<Item>(
  queryKey: readonly string[],
  read: (client: Client, after: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
): PagedList<Item> {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(client, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const { data, refetch, fetchNextPage } = query
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return {
    items,
    isPending: query.isPending,
    error: query.error,
    updatedAt: query.dataUpdatedAt,
    retry: () => void refetch(),
    more: query.hasNextPage ? () => void fetchNextPage() : undefined,
    readingMore: query.isFetchingNextPage,
  }
}
