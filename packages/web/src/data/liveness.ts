import type { QueryClient, UseQueryResult } from "@tanstack/react-query"
import { useQuery, useQueryClient } from "@tanstack/react-query"
import { keys } from "./keys.ts"

/** Whether the console hears of changes by itself. */
export type Liveness =
  /** Nobody knows yet; what was read a moment ago is fresh enough. */
  | { readonly kind: "joining" }
  | { readonly kind: "live" }
  /** Nothing is heard, so it asks; `since` is when something was last heard, in milliseconds, or 0 for never. */
  | { readonly kind: "away"; readonly since: number }

/** How often what is shown is asked again while no changes are heard, in milliseconds. */
export const ASK_EVERY_MS = 30_000

/** How often what is still moving by itself (a scan that runs, an event on its way into the log) is asked again. */
const MOVING_MS = 2_000

/** How long an answer counts as fresh while every change is heard: what changes without an event is no older. */
const FRESH_WHILE_LIVE_MS = 5 * 60_000

/** And how long otherwise: two parts of one page ask once. */
const FRESH_MS = 1_000

const JOINING: Liveness = { kind: "joining" }

/** Keeps whether changes are heard, beside the answers that depend on it. */
export function setLiveness(cache: QueryClient, liveness: Liveness): void {
  cache.setQueryData(keys.liveness, liveness)
}

/** Answers whether changes are heard. */
export function livenessOf(cache: QueryClient): Liveness {
  return cache.getQueryData<Liveness>(keys.liveness) ?? JOINING
}

/** Answers whether changes are heard, and again when that changes. */
export function useLiveness(): Liveness {
  const { data }: UseQueryResult<Liveness> = useQuery({
    queryKey: keys.liveness,
    queryFn: () => JOINING,
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  return data ?? JOINING
}

/** Answers how long an answer is fresh. */
export function freshFor(cache: QueryClient): number {
  return livenessOf(cache).kind === "live" ? FRESH_WHILE_LIVE_MS : FRESH_MS
}

/** Answers how soon an answer is asked for again by itself: while changes are heard, never. */
export function askAgainIn(cache: QueryClient): number | false {
  return livenessOf(cache).kind === "away" ? ASK_EVERY_MS : false
}

/** Answers the `refetchInterval` of what may be moving by itself, without an event for each step. */
export function useAskWhile<Data>(
  isMoving: (data: Data) => boolean,
): (query: { readonly state: { readonly data: Data | undefined } }) => number | false {
  const cache = useQueryClient()
  return ({ state: { data } }) => (data !== undefined && isMoving(data) ? MOVING_MS : askAgainIn(cache))
}
