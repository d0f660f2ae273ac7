import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts"
import { proveConsistency, verifyConsistency } from "./consistency-proof.ts"
import { tileHashReader } from "./hash-reader.ts"
import type { Sha256 } from "./hashing.ts"
import { TamperedLog } from "./log-errors.ts"
import { type NoteSigner, signText } from "./note-signatures.ts"
import { readEdge } from "./read-edge.ts"
import { formatNote, parseNote } from "./signed-note.ts"
import type { TileStore } from "./tile-store.ts"
import type { TreeHead } from "./tree-head.ts"

/** What publishing a log needs. The key's name is the log's. */
export interface PublishDeps {
  readonly tiles: TileStore
  readonly sha256: Sha256
  readonly signer: NoteSigner
}

/**
 * Signs a head that `integrate` answered and that the caller's database has taken, and puts it in the
 * place of the last checkpoint. It never signs two histories: a database restored from a backup is
 * behind what was published, and is refused.
 *
 * @throws {TamperedLog | MalformedRecord} where the head does not add to the last checkpoint, or is
 * not what the files give
 */
export async function publish(deps: PublishDeps, head: TreeHead): Promise<Uint8Array> {
  await assertAddsToPublished(deps, head)
  // Also for the first checkpoint: nothing is signed that the files do not give.
  await readEdge(deps, head)
  const text = formatCheckpoint({ origin: deps.signer.key.name, ...head, extensions: [] })
  const note = formatNote({ text, signatures: [await signText(deps.signer, text)] })
  await deps.tiles.writeCheckpoint(note)
  return note
}

async function assertAddsToPublished({ tiles, sha256, signer }: PublishDeps, head: TreeHead): Promise<void> {
  const note = await tiles.readCheckpoint()
  if (!note) return
  const published = parseCheckpoint(parseNote(note).text)
  if (published.origin !== signer.key.name) {
    throw new TamperedLog(
      `the log kept here is ${published.origin}; give ${signer.key.name} a place of its own`,
    )
  }
  if (published.size > head.size) {
    throw new TamperedLog(
      `${published.size} entries were published, ${head.size} are known: the database is behind its log; ` +
        `bring back the newer database, or start a new log under a new name`,
    )
  }
  const read = tileHashReader({ tiles, sha256 }, head.size)
  const proof = await proveConsistency({ sha256, read }, published.size, head.size)
  if (!verifyConsistency(sha256, { from: published, to: head }, proof)) {
    throw new TamperedLog(
      `the log at ${head.size} entries does not add to what was published; verify the log`,
    )
  }
}
