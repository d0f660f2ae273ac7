import type { Transaction } from "../transaction.ts"
import type { SingleUse } from "./replay-store.ts"

/** Something was presented again that may be used once. */
export class AlreadyUsed extends Error {
  override readonly name = "AlreadyUsed"
  readonly use: SingleUse

  constructor(use: SingleUse) {
    super("It was used before; each request needs its own.")
    this.use = use
  }
}

/**
 * Takes each of them, in the caller's transaction: of any number of requests that bring one, on any number of replicas,
 * one goes on.
 *
 * @throws {AlreadyUsed}
 */
export async function takeAll(
  { replays }: Pick<Transaction, "replays">,
  uses: readonly SingleUse[],
): Promise<void> {
  const used = await replays.takeAll(uses)
  if (used) throw new AlreadyUsed(used)
}
