import { type Id, isId, type Kind } from "@tabard/core"

/**
 * Answers those of some things that are still there, in the order of their ids. One is asked for after another: a
 * transaction has one connection.
 */
export async function those<K extends Kind, Thing>(
  ids: readonly string[],
  kind: K,
  find: (id: Id<K>) => Promise<Thing | undefined>,
): Promise<readonly Thing[]> {
  const found: Thing[] = []
  for (const id of ids) {
    const thing = isId(kind, id) ? await find(id) : undefined
    if (thing !== undefined) found.push(thing)
  }
  return found
}
