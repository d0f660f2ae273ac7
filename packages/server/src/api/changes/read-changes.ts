import type { Shelf, StoredEvent } from "@tabard/control"

/** What changed: only what to look at again, and never what it is now. */
export type Change =
  | { readonly kind: "changed"; readonly id: string; readonly type: string; readonly agent: string | null }
  /** More changed than is told one by one, or nobody knows since when: look at everything again. */
  | { readonly kind: "reset" }

/** How many of the newest events are looked at; where all are new, there may be more. */
const NEWEST = 50

/** Answers what tells the changes since it was last asked; at first, since the event `since`, if that is said. */
export function changesReader(
  shelf: Pick<Shelf, "snapshot">,
  since: string | undefined,
): () => Promise<readonly Change[]> {
  let seen: ReadonlySet<string> | undefined
  return async () => {
    const newest = await shelf.snapshot(({ outbox }) => outbox.list({ limit: NEWEST }))
    const told = seen ? unseen(newest, seen) : behind(newest, since)
    seen = new Set(newest.map(({ id }) => id))
    return told
  }
}

function unseen(newest: readonly StoredEvent[], seen: ReadonlySet<string>): readonly Change[] {
  const fresh = newest.filter(({ id }) => !seen.has(id))
  return fresh.length === NEWEST ? [{ kind: "reset" }] : fresh.map(changeOf).toReversed()
}

function behind(newest: readonly StoredEvent[], since: string | undefined): readonly Change[] {
  if (since === undefined) return []
  const place = newest.findIndex(({ id }) => id === since)
  return place < 0 ? [{ kind: "reset" }] : newest.slice(0, place).map(changeOf).toReversed()
}

function changeOf({ id, type, agent }: StoredEvent): Change {
  return { kind: "changed", id, type, agent }
}

/** Writes a change as a server-sent event: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export function changeText(change: Change): string {
  if (change.kind === "reset") return "event: reset\ndata: {}\n\n"
  const { id, type, agent } = change
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify({ type, agent })}\n\n`
}
