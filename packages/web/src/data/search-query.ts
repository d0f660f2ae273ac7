import type { Page, SearchHitView } from "@tabard/api"
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** How long an answer is taken for the same question again: for as long as somebody types back and forth. */
const FRESH_MS = 10_000

/** Answers what a text finds; what the one before found stays until then. Nothing is asked for no text. */
export function useSearch(text: string): UseQueryResult<Page<SearchHitView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.search(text),
    queryFn: ({ signal }) => client.searchEverything({ q: text }, signal),
    enabled: text !== "",
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    gcTime: FRESH_MS,
    retry: false,
  })
}
