import type { Transaction } from "../transaction.ts"

/** Something that may be used once: the id of an assertion, of a proof, of another issuer's token. */
export interface SingleUse {
  /** Says what kind of id it is, so that ids of two kinds are never taken for one. */
  readonly namespace: string
  readonly key: string
  /** Until when it could be presented again. */
  readonly expiresAt: Date
}

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
  for (const use of uses) {
    if (!(await replays.take(use.namespace, use.key, use.expiresAt))) throw new AlreadyUsed(use)
  }
}
