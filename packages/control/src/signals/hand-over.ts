// Poll-based delivery: https://www.rfc-editor.org/rfc/rfc8936
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import { restMs } from "../sinks/rest-ms.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { recordRecovery, recordTrouble } from "./record-trouble.ts"
import type { OutgoingSet, SignalStream, StreamPlace } from "./signal-stream-store.ts"

/** The stores that handing signals over touches. */
export type HandOverStores = Pick<Transaction, "outbox" | "signalSets" | "signalStreams">

export interface HandOverDeps extends RecordContext {
  readonly transact: Transact<keyof HandOverStores>
}

/** A signal that a receiver would not have, in its own words. */
export interface RefusedSet {
  readonly jti: string
  readonly code: string
  readonly description: string | null
}

/** What a receiver says of what it got before. */
export interface Receipt {
  readonly taken: readonly string[]
  readonly refused: readonly RefusedSet[]
}

/** Answers what may go out now, in its order: of a stream that is not enabled only what is about the stream itself. */
export async function nextSets(
  { signalSets }: Pick<Transaction, "signalSets">,
  stream: Pick<SignalStream, "id" | "status">,
  limit: number,
): Promise<readonly OutgoingSet[]> {
  return signalSets.waiting(stream.id, { limit, ...(stream.status !== "enabled" && { control: true }) })
}

/** Forgets what a receiver has, and records what it would not have: neither is sent again. */
export async function takeReceipt(
  deps: HandOverDeps,
  stream: SignalStream,
  { taken, refused }: Receipt,
): Promise<void> {
  await deps.transact(async (tx) => {
    const gone = await tx.signalSets.drop(stream.id, taken)
    for (const one of refused) await setAside(deps, tx, stream, one)
    if (gone > 0) await settle(deps, tx, stream)
  })
}

/** Keeps that a receiver takes what it is sent: it may be tried again at once, and its troubles are over. */
export async function settleDelivered(deps: HandOverDeps, stream: SignalStream): Promise<void> {
  await deps.transact((tx) => settle(deps, tx, stream))
}

async function settle(deps: HandOverDeps, tx: HandOverStores, stream: SignalStream): Promise<void> {
  const { id, name } = stream
  await recordRecovery(deps, tx, { stream: id, name }, await placeOf(tx, stream))
  await tx.signalStreams.settle(id, { kind: "delivered", at: deps.clock.now() })
}

async function placeOf(
  { signalStreams }: Pick<Transaction, "signalStreams">,
  { id }: SignalStream,
): Promise<StreamPlace | undefined> {
  return (await signalStreams.places()).find(({ stream }) => stream === id)
}

async function setAside(
  deps: HandOverDeps,
  tx: HandOverStores,
  stream: SignalStream,
  { jti, code, description }: RefusedSet,
): Promise<void> {
  if ((await tx.signalSets.drop(stream.id, [jti])) === 0) return
  await tx.signalStreams.count(stream.id, { refused: 1 })
  const said = { code: code.slice(0, 80), ...(description && { description: description.slice(0, 400) }) }
  await recordEvent(deps, tx.outbox, {
    type: "signal.undelivered",
    actor: { kind: "system", id: "signals" },
    data: { signal: jti, stream: stream.id, name: stream.name, ...said },
  })
}

/** What came of pushing one signal (RFC 8935). */
export type PushOutcome =
  | { readonly kind: "taken" }
  /** The receiver will never have this one. */
  | { readonly kind: "refused"; readonly code: string; readonly description: string | null }
  /** It may have it later, or once somebody has put something right. */
  | { readonly kind: "later"; readonly said: string; readonly afterMs: number | null }
  | { readonly kind: "held"; readonly said: string }

/** Keeps what came of pushing one signal. Whatever was not taken stays first, and the next try comes after a rest. */
export async function settlePush(
  deps: HandOverDeps,
  stream: SignalStream,
  { jti }: Pick<OutgoingSet, "jti">,
  outcome: PushOutcome,
): Promise<void> {
  await deps.transact(async (tx) => {
    const now = deps.clock.now()
    if (outcome.kind === "taken") return void (await tx.signalSets.drop(stream.id, [jti]))
    if (outcome.kind === "refused") return setAside(deps, tx, stream, { jti, ...outcome })
    const before = await placeOf(tx, stream)
    const failure = { reason: outcome.said, afterMs: outcome.kind === "later" ? outcome.afterMs : null }
    const rest = restMs({ kind: outcome.kind, ...failure }, (before?.failures ?? 0) + 1)
    const due = new Date(now.getTime() + rest)
    const { id, name } = stream
    const told = await recordTrouble(deps, tx, { stream: id, name }, { before, failed: outcome })
    await tx.signalStreams.settle(id, { kind: "failed", at: now, due, said: outcome.said, told })
  })
}
