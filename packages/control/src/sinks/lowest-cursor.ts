import type { Transaction } from "../transaction.ts"

/** Answers the place before which every sink has carried the record, or undefined where there is no sink: until then nothing of it may go. */
export async function lowestCursor({
  sinkProgress,
}: Pick<Transaction, "sinkProgress">): Promise<number | undefined> {
  const places = (await sinkProgress.list()).map(({ place }) => place)
  return places.length === 0 ? undefined : Math.min(...places)
}
