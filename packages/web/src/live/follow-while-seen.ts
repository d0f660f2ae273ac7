import { type Following, followChanges, type Place } from "./follow-changes.ts"

/** How long a page that nobody sees goes on listening: a glance elsewhere ends nothing. */
const UNSEEN_MS = 3_000

/** What following needs, and what it is told of the page. */
export interface FollowingWhileSeen extends Omit<Following, "signal"> {
  readonly page: Pick<Document, "visibilityState" | "addEventListener" | "removeEventListener">
  /** Somebody looks at the page again. */
  readonly onSeen: () => void
}

/**
 * Follows what changes while somebody sees the page, and answers what ends it. A browser has few connections to one
 * server, so a hidden tab gives its own back, and goes on behind what it heard when it is seen again.
 */
export function followWhileSeen(following: FollowingWhileSeen): () => void {
  const { page, onSeen, now } = following
  const place: Place = { last: undefined, heardAt: 0, begunAt: now() }
  let listening: AbortController | undefined
  let leaving: ReturnType<typeof setTimeout> | undefined

  const leave = (): void => {
    listening?.abort()
    listening = undefined
  }
  const turn = (): void => {
    clearTimeout(leaving)
    if (page.visibilityState !== "visible") {
      leaving = setTimeout(leave, UNSEEN_MS)
      return
    }
    onSeen()
    if (listening) return
    listening = new AbortController()
    void followChanges({ ...following, signal: listening.signal }, place)
  }
  page.addEventListener("visibilitychange", turn)
  turn()
  return () => {
    page.removeEventListener("visibilitychange", turn)
    clearTimeout(leaving)
    leave()
  }
}
