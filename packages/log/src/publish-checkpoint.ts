import { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./checkpoint.ts"
import { proveConsistency, verifyConsistency } from "./consistency-proof.ts"
import { tileHashReader } from "./hash-reader.ts"
import type { Sha256 } from "./hashing.ts"
import { TamperedLog } from "./log-errors.ts"
import { type NoteSigner, signText } from "./note-signatures.ts"
import { readEdge } from "./read-edge.ts"
import { formatNote, parseNote } from "./signed-note.ts"
import type { TileReader, TileStore } from "./tile-store.ts"
import type { TreeHead } from "./tree-head.ts"

/** What publishing a log needs. The key's name is the log's. */
export interface PublishDeps {
  readonly tiles: TileStore
  readonly sha256: Sha256
  readonly signer: NoteSigner
}

/**
 * Signs a head that `integrate` answered and that the caller's database has taken, and puts it in the
 * place of the last checkpoint.
 *
 * @throws {TamperedLog | MalformedRecord} as `signHead` and `placeCheckpoint`
 */
export async function publish(deps: PublishDeps, head: TreeHead): Promise<Uint8Array> {
  const note = await signHead(deps, head)
  await placeCheckpoint(deps, note)
  return note
}

/**
 * Signs a head, for the caller's database to take before anybody sees the note. It never signs two
 * histories: a database restored from a backup is behind what was published, and is refused.
 *
 * @throws {TamperedLog | MalformedRecord} where the head does not add to the last checkpoint, or is
 * not what the files give
 */
export async function signHead(deps: PublishDeps, head: TreeHead): Promise<Uint8Array> {
  await assertAddsToPublished(deps, head)
  // Also for the first checkpoint: nothing is signed that the files do not give.
  await readEdge(deps, head)
  const text = formatCheckpoint({ origin: deps.signer.key.name, ...head, extensions: [] })
  return formatNote({ text, signatures: [await signText(deps.signer, text)] })
}

/**
 * Puts a note that was signed before, by this process or by one that died, in the place of the last
 * checkpoint.
 *
 * @throws {TamperedLog | MalformedRecord} where what is published is larger, or the files do not give it
 */
export async function placeCheckpoint(
  { tiles, sha256 }: Pick<PublishDeps, "tiles" | "sha256">,
  note: Uint8Array,
): Promise<void> {
  const head = parseCheckpoint(parseNote(note).text)
  const published = await readPublished(tiles)
  if (published && published.size > head.size) throw databaseBehind(published, head)
  await readEdge({ tiles, sha256 }, head)
  await tiles.writeCheckpoint(note)
}

/** Answers the last checkpoint that was published as it says itself, or undefined; its signatures are not looked at. */
export async function readPublished(tiles: TileReader): Promise<Checkpoint | undefined> {
  const note = await tiles.readCheckpoint()
  return note && parseCheckpoint(parseNote(note).text)
}

async function assertAddsToPublished({ tiles, sha256, signer }: PublishDeps, head: TreeHead): Promise<void> {
  const published = await readPublished(tiles)
  if (!published) return
  if (published.origin !== signer.key.name) {
    throw new TamperedLog(
      `the log kept here is ${published.origin}; give ${signer.key.name} a place of its own`,
    )
  }
  if (published.size > head.size) throw databaseBehind(published, head)
  const read = tileHashReader({ tiles, sha256 }, head.size)
  const proof = await proveConsistency({ sha256, read }, published.size, head.size)
  if (!verifyConsistency(sha256, { from: published, to: head }, proof)) {
    throw new TamperedLog(
      `the log at ${head.size} entries does not add to what was published; verify the log`,
    )
  }
}

/** Says that more was published than a database knows: it was put back, and what it would sign is another history. */
export function databaseBehind(
  published: Pick<TreeHead, "size">,
  known: Pick<TreeHead, "size">,
): TamperedLog {
  return new TamperedLog(
    `${published.size} entries were published, ${known.size} are known: the database is behind its log; ` +
      `bring back the newer database, or let a new log follow`,
  )
}
