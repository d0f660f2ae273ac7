// Entry bundles of https://c2sp.org/tlog-tiles: each entry after its length in two bytes.
import { joinBytes } from "./bytes.ts"
import { MalformedRecord } from "./log-errors.ts"
import { TILE_WIDTH } from "./tiles.ts"

/** The longest entry whose length two bytes can say. */
export const MAX_ENTRY_BYTES = 65_535

/** The longest bundle there can be, each entry after its length: no file of a log is longer. */
export const MAX_BUNDLE_BYTES: number = TILE_WIDTH * (2 + MAX_ENTRY_BYTES)

/** Answers the bundle that holds these entries, and rejects one that is too long to be held. */
export function formatBundle(entries: readonly Uint8Array[]): Uint8Array {
  return joinBytes(entries.flatMap((entry) => [lengthOf(entry), entry]))
}

/** Answers the entries of a bundle that holds exactly `count`. */
export function parseBundle(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const entries: Uint8Array[] = []
  let offset = 0
  while (entries.length < count) {
    const entry = entryAt(bytes, offset)
    if (!entry) throw new MalformedRecord(`a bundle of ${count} entries ends within entry ${entries.length}`)
    entries.push(entry)
    offset += 2 + entry.length
  }
  if (offset !== bytes.length) throw new MalformedRecord(`a bundle goes on after its ${count} entries`)
  return entries
}

/** Answers the entries of a bundle that holds exactly `count`, or undefined where it does not. */
export function entriesOf(bytes: Uint8Array, count: number): readonly Uint8Array[] | undefined {
  try {
    return parseBundle(bytes, count)
  } catch {
    return undefined
  }
}

/** Answers the entry whose length stands at `offset`, or undefined where the bundle ends before it does. */
export function entryAt(bytes: Uint8Array, offset: number): Uint8Array | undefined {
  const [high, low] = bytes.subarray(offset)
  if (high === undefined || low === undefined) return undefined
  const length = high * 256 + low
  const entry = bytes.subarray(offset + 2, offset + 2 + length)
  return entry.length === length ? entry : undefined
}

function lengthOf(entry: Uint8Array): Uint8Array {
  if (entry.length > MAX_ENTRY_BYTES) {
    throw new MalformedRecord(
      `an entry of ${entry.length} bytes does not fit; split it, or record its hash (limit ${MAX_ENTRY_BYTES})`,
    )
  }
  return Uint8Array.of(entry.length >> 8, entry.length & 0xff)
}
