import type { Id } from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import type { Transaction } from "../../transaction.ts"
import type { SealedKey } from "../key-store.ts"

/** Records that a key of ours lies under another key-encryption key, in the transaction that put it there. */
export async function recordRewrapped(
  deps: RecordContext,
  { outbox }: Pick<Transaction, "outbox">,
  { key, by, to }: { key: SealedKey; by: Id<"user">; to: string },
): Promise<void> {
  await recordEvent(deps, outbox, {
    type: "key.rewrapped",
    actor: { kind: "user", id: by },
    data: { key: key.id, purpose: key.purpose, from: key.sealedUnder, to },
  })
}
