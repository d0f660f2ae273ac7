import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import type { Snapshot, Transact, Transaction } from "../../transaction.ts"
import type { SealedKey } from "../key-store.ts"
import { type KeyStep, keyStep } from "./key-step.ts"

type KeyStores = "keys" | "organisation"

export interface AdvanceSigningKeyDeps extends RecordContext {
  readonly snapshot: Snapshot<KeyStores>
  readonly transact: Transact<KeyStores | "outbox">
}

/**
 * Takes the next step of the rotation, if one is due, and answers which. Any number of replicas may try at once: one
 * makes the next key, one has it sign, and each step is in the record.
 */
export async function advanceSigningKey(
  deps: AdvanceSigningKeyDeps,
  make: () => SealedKey,
): Promise<KeyStep> {
  const step = await deps.snapshot((tx) => dueStep(tx, deps.clock.now()))
  if (step === "wait") return step
  const fresh = make()
  return deps.transact(async (tx) => {
    const now = deps.clock.now()
    const due = await dueStep(tx, now)
    const key = due === "make" ? await tx.keys.prepare(fresh) : await tx.keys.prepared("token-signing")
    if (due === "wait" || !key) return "wait"
    if (due === "sign" && !(await tx.keys.promote(key, now))) return "wait"
    await recordEvent(deps, tx.outbox, {
      type: "signing-key.rotated",
      actor: { kind: "system", id: "issuer" },
      resource: key.id,
      data: { step: due === "make" ? "published" : "signing" },
    })
    return due
  })
}

async function dueStep({ keys, organisation }: Pick<Transaction, KeyStores>, now: Date): Promise<KeyStep> {
  const [signing] = await keys.live("token-signing")
  if (!signing) return "wait"
  const next = await keys.prepared("token-signing")
  const { signingKeyDays } = await organisation.tokenSettings()
  const times = {
    signing: signing.createdAt,
    next: next?.createdAt ?? null,
    askedAt: await organisation.signingKeyAsked(),
    days: signingKeyDays,
  }
  return keyStep(times, now)
}
