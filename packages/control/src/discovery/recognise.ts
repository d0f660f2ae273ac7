import { createHash } from "node:crypto"
import { type Id, isId, type JsonObject, newId } from "@tabard/core"
import type { KnownThing } from "../registry/observation-store.ts"
import type { ScanStores, Sight } from "./sight.ts"

/** One thing that a scan saw. */
export interface Seen {
  readonly key: string
  readonly body: JsonObject
  /** What else of the inventory it names. */
  readonly links?: readonly string[]
}

/** A thing that a scan saw, under the id that the inventory has for it. */
export interface Recognised<K extends "agent" | "server" | "credential", Thing extends Seen> {
  readonly id: Id<K>
  readonly thing: Thing
  /** Whether this reporter saw it for the first time ever, otherwise than before, or just as before. */
  readonly news: "new" | "changed" | "same"
  /** Whether this sighting of it had vanished until now. */
  readonly returned: boolean
  /** Whether nobody saw it any more until now; told of one sighting where several come back at once. */
  readonly isBack: boolean
}

/**
 * Keeps observations under the subjects that their keys stand for, new ones where a key was never seen. Of what this
 * reporter sees just as before, only the time is kept.
 */
export async function recognise<K extends "agent" | "server" | "credential", Thing extends Seen>(
  { observations }: Pick<ScanStores, "observations">,
  sight: Sight,
  kind: K,
  things: readonly Thing[],
): Promise<readonly Recognised<K, Thing>[]> {
  const keys = things.map(({ key }) => key)
  const known = await observations.known(sight.by, kind, keys)
  const mayBeBack = [...known.values()].filter(mayBeGone).map(({ subject }) => subject)
  const gone = new Set((await observations.vanished(mayBeBack)).keys())
  const digested = things.map((thing) => {
    const digest = digestOf(thing, sight)
    const before = known.get(thing.key)
    const id = isId(kind, before?.subject) ? before.subject : newId(kind, sight.clock)
    const news = !before ? "new" : before.own?.digest === digest ? "same" : "changed"
    const returned = before !== undefined && mayBeGone(before)
    return { digest, recognised: { id, thing, news, returned, isBack: gone.delete(id) } as const }
  })
  const at = { scan: sight.scan, firstSeen: sight.at, lastSeen: sight.at, vanishedAt: null }
  const by = { reporter: sight.by.name, machine: sight.by.machine }
  await observations.put(
    digested
      .filter(({ recognised }) => recognised.news !== "same")
      .map(({ digest, recognised: { id, thing } }) => ({
        ...by,
        ...at,
        kind,
        digest,
        key: thing.key,
        subject: id,
        body: thing.body,
      })),
  )
  const same = digested.filter(({ recognised }) => recognised.news === "same")
  await observations.seeAgain(
    { reporter: sight.by.name, scan: sight.scan, at: sight.at },
    kind,
    same.map(({ recognised }) => recognised.thing.key),
  )
  return digested.map(({ recognised }) => recognised)
}

/** Answers how many of them are otherwise than this reporter saw them last. */
export function countChanges(
  things: readonly Pick<Recognised<"agent", Seen>, "news" | "returned">[],
): number {
  return things.filter(({ news, returned }) => news !== "same" || returned).length
}

/** What one portion brought: the ids by key, and how many of the things changed. */
export interface Reconciled<K extends "server" | "credential"> {
  readonly ids: ReadonlyMap<string, Id<K>>
  readonly changes: number
}

function mayBeGone({ own }: KnownThing): boolean {
  return own === null || own.vanishedAt !== null
}

/** Another machine is another place, even where everything else is the same. */
function digestOf({ body, links }: Seen, { by }: Sight): string {
  return createHash("sha256")
    .update(JSON.stringify([by.machine, body, links]))
    .digest("base64url")
}
