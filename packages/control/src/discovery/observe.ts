import { type Id, isId, type JsonObject } from "@tabard/core"
import type { ScanStores, Sight } from "./sight.ts"

/** One thing that a scan saw. */
interface Seen<K extends "agent" | "server" | "credential"> {
  readonly kind: K
  readonly key: string
  readonly body: JsonObject
  readonly make: () => Id<K>
}

/** Keeps an observation under the subject that its key stands for, a new one where the key was never seen. */
export async function observe<K extends "agent" | "server" | "credential">(
  { observations }: ScanStores,
  { reporter, scan, at }: Sight,
  { kind, key, body, make }: Seen<K>,
): Promise<{ id: Id<K>; known: boolean }> {
  const subject = await observations.subjectOf(kind, key)
  const known = isId(kind, subject)
  const id = known ? subject : make()
  await observations.put({ reporter, kind, key, subject: id, scan, body, firstSeen: at, lastSeen: at })
  return { id, known }
}
