import type { Clock } from "@tabard/core"
import type { AssessStores } from "../findings/reassess-agents.ts"
import type { Snapshot, Transact, Transaction } from "../transaction.ts"
import { FIRST_PLACE, indexPage, isPlace } from "./index-page.ts"
import type { IndexProgress } from "./search-store.ts"
import { WORDS_VERSION } from "./words.ts"

/** The stores that indexing everything touches. */
export type IndexStores = keyof AssessStores | "reporters" | "search" | "servers" | "teams"

export interface IndexInventoryDeps {
  readonly clock: Clock
  readonly snapshot: Snapshot<"search">
  readonly transact: Transact<IndexStores>
}

/** How long what was missed stays so: what an older program wrote beside this one, or a unit of work that ended half-way. */
const AGAIN_AFTER_MS = 60 * 60 * 1000

/** How many pages one round takes, so that whoever ends the process waits for moments. */
const PAGES = 20

/**
 * Has everything found that there was before anything was indexed, page by page: where it was stopped, the next round goes
 * on. From then on what is named is indexed as it is named, and this looks each hour whether anything was missed.
 */
export async function indexInventory(deps: IndexInventoryDeps): Promise<void> {
  for (let page = 0; page < PAGES; page++) {
    const place = await duePlace(deps)
    if (place === null) return
    await deps.transact((tx) => takePage(tx, place, deps.clock.now()))
  }
}

/** Answers whether there is anything to go on with. */
export async function isIndexDue(deps: Pick<IndexInventoryDeps, "clock" | "snapshot">): Promise<boolean> {
  return (await duePlace(deps)) !== null
}

async function duePlace({
  clock,
  snapshot,
}: Pick<IndexInventoryDeps, "clock" | "snapshot">): Promise<string | null> {
  return nextPlace(await snapshot(({ search }) => search.progress()), clock.now())
}

/** Where to go on; null where nothing is due. Words that were cut otherwise are all cut anew. */
function nextPlace(progress: IndexProgress | undefined, now: Date): string | null {
  if (progress?.wordsVersion !== WORDS_VERSION) return FIRST_PLACE
  if (progress.place !== null) return isPlace(progress.place) ? progress.place : FIRST_PLACE
  return now.getTime() - progress.at.getTime() < AGAIN_AFTER_MS ? null : FIRST_PLACE
}

/** The place is kept in the transaction of its page, so that a page is never left out. */
async function takePage(tx: Pick<Transaction, IndexStores>, place: string, at: Date): Promise<void> {
  const next = await indexPage(tx, place)
  await tx.search.keepProgress({ wordsVersion: WORDS_VERSION, place: next, at })
}
