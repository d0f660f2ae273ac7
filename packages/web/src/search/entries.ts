import type { SearchHitView } from "@tabard/api"
import type { IconName } from "../components/icon.tsx"
import { FOUND_WORDS } from "../words/found-words.ts"
import { isFoundBy } from "../words/match-marks.ts"

/** One line of the search, and where it leads. */
export interface Entry {
  readonly id: string
  readonly title: string
  readonly context: string
  readonly at: string | null
  readonly icon: IconName
  /** An address of the console. */
  readonly leadsTo: string
}

/** Lines of one kind. */
export interface EntryGroup {
  readonly label: string
  readonly entries: readonly Entry[]
}

/** How many places were visited that are offered again. */
const RECENT = 6

/** Answers what was found, kind by kind, in the order of the answer. An address that is not the console's own is none. */
export function hitGroups(hits: readonly SearchHitView[]): readonly EntryGroup[] {
  const own = hits.filter(({ leadsTo }) => /^\/(?![/\\])/.test(leadsTo))
  return [...Map.groupBy(own, ({ kind }) => kind)].map(([kind, same]) => ({
    label: FOUND_WORDS[kind].label,
    entries: same.map((hit) => ({ ...hit, id: `${kind}-${hit.id}`, icon: FOUND_WORDS[kind].icon })),
  }))
}

/** Answers the groups as far as the words find their lines. */
export function narrowed(groups: readonly EntryGroup[], words: readonly string[]): readonly EntryGroup[] {
  return groups.flatMap(({ label, entries }) =>
    group(
      label,
      entries.filter(({ title }) => isFoundBy(title, words)),
    ),
  )
}

/** Answers the places that were visited last, the newest first. */
export function recentGroup(recent: readonly Entry[]): readonly EntryGroup[] {
  return group("Recent", recent)
}

/** Answers the recent places after one more was visited. */
export function visited(recent: readonly Entry[], entry: Entry): readonly Entry[] {
  return [entry, ...recent.filter(({ leadsTo }) => leadsTo !== entry.leadsTo)].slice(0, RECENT)
}

/** Answers the line behind the last for the first, and before the first for the last. */
export function stepped(at: number, step: 1 | -1, count: number): number {
  return count === 0 ? 0 : (at + step + count) % count
}

function group(label: string, entries: readonly Entry[]): readonly EntryGroup[] {
  return entries.length === 0 ? [] : [{ label, entries }]
}
