import { type CarryDeps, carryItems, type SinkAtWork } from "./carry-items.ts"
import type { DeadLetter } from "./dead-letter-store.ts"
import { checkpointItem, entryItem, namedLogs } from "./make-items.ts"
import { settleTrouble } from "./settle-carry.ts"
import type { CarriedItem, RefusedItem } from "./sink-carrier.ts"

/** How many letters are tried again at once. */
const MOST = 100

/** Why a letter cannot be tried again any more. */
const GONE = "the record holds this entry no longer: retention has taken it away"

/** Tries again what a person asked for. Answers false where the receiver takes nothing now. */
export async function carryLetters(deps: CarryDeps, work: SinkAtWork): Promise<boolean> {
  const { sink, carrier } = work
  const limit = Math.min(MOST, carrier.portion.items)
  const letters = await deps.snapshot((tx) => tx.deadLetters.waiting(sink.id, limit))
  if (letters.length === 0) return true
  const all = await itemsOf(deps, work, letters)
  const items = within(carrier.portion.bytes, all)
  const result = await carryItems(deps, work, items)
  if (result.kind !== "taken") {
    if (!work.signal.aborted) await settleTrouble(deps, work, result)
    return false
  }
  const there = new Set(all.map(({ key }) => key))
  const gone = letters.filter(({ key }) => !there.has(key)).map(({ key }) => ({ key, reason: GONE }))
  await settleLetters(deps, letters, items, [...result.refused, ...gone])
  return true
}

async function settleLetters(
  { clock, transact }: CarryDeps,
  letters: readonly DeadLetter[],
  items: readonly CarriedItem[],
  refused: readonly RefusedItem[],
): Promise<void> {
  const [first] = letters
  if (!first) return
  const why = new Map(refused.map(({ key, reason }) => [key, reason]))
  const taken = items.map(({ key }) => key).filter((key) => !why.has(key))
  const at = clock.now()
  const kept = letters.flatMap((letter) => {
    const reason = why.get(letter.key)
    return reason === undefined ? [] : [{ ...letter, reason, at }]
  })
  await transact(async ({ deadLetters }) => {
    await deadLetters.settle(first.sink, taken)
    await deadLetters.keep(kept)
  })
}

async function itemsOf(
  { snapshot, contents }: CarryDeps,
  { sink }: SinkAtWork,
  letters: readonly DeadLetter[],
): Promise<readonly CarriedItem[]> {
  return snapshot(async (tx) => {
    const logs = await namedLogs(tx)
    const items: CarriedItem[] = []
    for (const { place, note, at } of letters) {
      if (note !== null) items.push(checkpointItem(contents, sink, { note, end: place + 1, at }))
      else {
        const [event] = await tx.outbox.range(place, place + 1)
        if (event) items.push(entryItem(contents, sink, { event, place, logs }))
      }
    }
    return items
  })
}

/** The first of the items that fit into a portion together, at least one. */
function within(most: number, items: readonly CarriedItem[]): readonly CarriedItem[] {
  let bytes = 0
  const end = items.findIndex(({ body }, at) => {
    bytes += Buffer.byteLength(JSON.stringify(body))
    return at > 0 && bytes > most
  })
  return end === -1 ? items : items.slice(0, end)
}
