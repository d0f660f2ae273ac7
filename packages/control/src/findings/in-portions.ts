/** How much is kept in one transaction, so that nobody waits long for theirs. */
const PORTION = 200

/** Does work on bounded portions of many things, one after another. */
export async function inPortions<Item>(
  items: readonly Item[],
  work: (portion: readonly Item[]) => Promise<void>,
): Promise<void> {
  for (let from = 0; from < items.length; from += PORTION) await work(items.slice(from, from + PORTION))
}
