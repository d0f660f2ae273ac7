import type { RecordContext } from "../../audit/event/audit-event.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import type { Snapshot, Transact, Transaction } from "../../transaction.ts"
import type { SealedKey, SigningPurpose } from "../key-store.ts"
import { type KeyStep, keyStep } from "./key-step.ts"

type KeyStores = "keys" | "organisation"

export interface AdvanceSigningKeyDeps extends RecordContext {
  readonly purpose: SigningPurpose
  readonly snapshot: Snapshot<KeyStores>
  readonly transact: Transact<KeyStores | "outbox">
}

/** Who does it, and what the keys sign, as the record says them. */
const RECORDED = {
  "signal-signing": { by: "signals", signs: "signals" },
  "token-signing": { by: "issuer", signs: "tokens" },
  "token-signing-ed25519": { by: "issuer", signs: "tokens" },
} as const

/**
 * Takes the next step of the rotation of a purpose's keys, if one is due, and answers which. Any number of replicas may try at once: one
 * makes the next key, one has it sign, and each step is in the record.
 */
export async function advanceSigningKey(
  deps: AdvanceSigningKeyDeps,
  make: () => SealedKey,
): Promise<KeyStep> {
  const step = await deps.snapshot((tx) => dueStep(tx, deps.purpose, deps.clock.now()))
  if (step === "wait") return step
  const fresh = make()
  const { by, signs } = RECORDED[deps.purpose]
  return deps.transact(async (tx) => {
    const now = deps.clock.now()
    const due = await dueStep(tx, deps.purpose, now)
    const key = due === "make" ? await tx.keys.prepare(fresh) : await tx.keys.prepared(deps.purpose)
    if (due === "wait" || !key) return "wait"
    if (due === "sign" && !(await tx.keys.promote(key, now))) return "wait"
    await recordEvent(deps, tx.outbox, {
      type: "signing-key.rotated",
      actor: { kind: "system", id: by },
      resource: key.id,
      data: { signs, step: due === "make" ? "published" : "signing" },
    })
    return due
  })
}

async function dueStep(
  { keys, organisation }: Pick<Transaction, KeyStores>,
  purpose: SigningPurpose,
  now: Date,
): Promise<KeyStep> {
  const [signing] = await keys.live(purpose)
  if (!signing) return "wait"
  const next = await keys.prepared(purpose)
  const { signingKeyDays } = await organisation.tokenSettings()
  const times = {
    signing: signing.createdAt,
    next: next?.createdAt ?? null,
    askedAt: await organisation.signingKeyAsked(),
    days: signingKeyDays,
  }
  return keyStep(times, now)
}
