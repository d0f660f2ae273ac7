import {
  type EventDetail,
  type EventProofView,
  type EventView,
  type EventWishes,
  type LogGenerationView,
  type LogView,
  type Page,
  type RetentionView,
  wholeList,
} from "@tabard/api"
import { type UseQueryResult, useInfiniteQuery, useQuery } from "@tanstack/react-query"
import { useMemo } from "react"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

const PAGE = 100

/** The record as far as it was read, newest first. */
export interface Stream {
  readonly events: readonly EventView[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
  /** Absent where the beginning of the record has been reached. */
  readonly older: (() => void) | undefined
  readonly readingOlder: boolean
}

/** Answers the record, newest first, as far as it is wished for. */
export function useEvents(filter: EventWishes): Stream {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey: keys.eventsOf(filter),
    queryFn: ({ pageParam, signal }) =>
      client.listEvents({ ...filter, after: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const { data, refetch, fetchNextPage } = query
  const events = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return {
    events,
    isPending: query.isPending,
    error: query.error,
    updatedAt: query.dataUpdatedAt,
    retry: () => void refetch(),
    older: query.hasNextPage ? () => void fetchNextPage() : undefined,
    readingOlder: query.isFetchingNextPage,
  }
}

/** Answers one event, with the names in it. */
export function useEvent(id: string): UseQueryResult<EventDetail> {
  const client = useClient()
  return useQuery({
    queryKey: keys.event(id),
    queryFn: ({ signal }) => client.getEvent({ id }, signal),
  })
}

/** Answers what proves an event, or how far it has come on its way into the log. */
export function useEventProof(id: string): UseQueryResult<EventProofView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.eventProof(id),
    queryFn: ({ signal }) => client.getEventProof({ id }, signal),
  })
}

/** Answers how far the log has come and what verifies it. */
export function useLog(): UseQueryResult<LogView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.log,
    queryFn: ({ signal }) => client.getLog({}, signal),
  })
}

/** Answers every log of the record, the newest first. */
export function useLogs(): UseQueryResult<Page<LogGenerationView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.logs,
    queryFn: ({ signal }) => wholeList(client.listLogs, {}, signal),
  })
}

/** Answers how long the record is kept. */
export function useRetention(): UseQueryResult<RetentionView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.retention,
    queryFn: ({ signal }) => client.getRetention({}, signal),
  })
}
