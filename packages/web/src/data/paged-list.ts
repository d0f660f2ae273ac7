import type { Client, Page } from "@tabard/api"
import { useInfiniteQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useClient } from "./client-context.ts"

/** A list as far as it was read. */
export interface PagedList<Item> {
  readonly items: readonly Item[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
  /** Reads on; absent where the last one was read. */
  readonly more: (() => void) | undefined
  readonly readingMore: boolean
}

/** Answers a list page after page, each when it is asked for. */
export function usePagedList<Item>(
  queryKey: readonly unknown[],
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
