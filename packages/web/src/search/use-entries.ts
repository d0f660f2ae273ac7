import { useEffect, useState } from "react"
import { useSearch } from "../data/search-query.ts"
import { lookedFor } from "../words/match-marks.ts"
import { usePlaces } from "./console-places.ts"
import { type Entry, type EntryGroup, hitGroups, narrowed, recentGroup } from "./entries.ts"

/** What a search shows, and how it stands. */
export interface EntriesRead {
  /** What was typed, without the spaces around it. */
  readonly text: string
  readonly groups: readonly EntryGroup[]
  readonly isReading: boolean
  readonly error: Error | null
  readonly retry: () => void
}

/** How long the hand has to pause before the server is asked. */
const PAUSE_MS = 100

/** Answers what was typed finds: places of the console at once, the rest as soon as it is read. */
export function useEntries(typed: string, recent: readonly Entry[]): EntriesRead {
  const text = typed.trim()
  const asked = useSettled(text)
  const places = usePlaces()
  const { data, error, isFetching, refetch } = useSearch(text && asked)
  const retry = (): void => void refetch()
  if (text === "") {
    const groups = [...recentGroup(recent), ...narrowed(places, [])]
    return { text, groups, isReading: false, error: null, retry }
  }
  const words = lookedFor(text)
  const around = words.length === 0 ? [] : narrowed(places, words)
  const groups = [...hitGroups(data?.items ?? []), ...around]
  return { text, groups, isReading: asked !== text || isFetching, error, retry }
}

/** Answers a text once it has stayed the same for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
