import type { JsonObject } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type Acted, type ActStores, actOnSignal, reachOf } from "./act-on-signal.ts"
import { resolveSubject, type SubjectReads } from "./resolve-subject.ts"
import type { SignalSource } from "./signal-source-store.ts"
import { signalTypeOf } from "./signal-types.ts"

/** The stores that receiving touches. */
type ReceiveStores = ActStores & SubjectReads & Pick<Transaction, "replays" | "signalSources">

export interface ReceiveDeps extends RecordContext {
  readonly transact: Transact<keyof ReceiveStores>
}

/** A security event token whose signature and claims were held to what its source promises. */
export interface ReceivedSet {
  readonly jti: string
  readonly issuedAt: Date
  /** The URI of its one event, and what it says. */
  readonly uri: string
  readonly said: JsonObject
  readonly subject: JsonObject
}

/** How long after it was issued a token is taken: as long as a receiver may be down, and a transmitter holds on. */
export const SET_LIFE_MS: number = 7 * 24 * 60 * 60 * 1000

/** How much is remembered beyond that, for clocks that differ. */
const SLACK_MS = 10 * 60 * 1000

/** What became of a received signal. */
export type Reception = "acted" | "ignored" | "known"

/**
 * Acts on a signal of a source, once: that it was taken, what it did and its event commit together, so that one that was
 * answered for is in force, and one that is sent again does nothing more.
 */
export async function receiveSignal(
  deps: ReceiveDeps,
  source: SignalSource,
  set: ReceivedSet,
): Promise<Reception> {
  return deps.transact(async (tx) => {
    const until = new Date(set.issuedAt.getTime() + SET_LIFE_MS + SLACK_MS)
    if (!(await tx.replays.take(`signal ${source.id}`, set.jti, until))) return "known"
    const actor = { kind: "system", id: `signal source ${source.name}` } as const
    const type = signalTypeOf(set.uri)
    const reading = { tx, trustDomain: deps.organisation.trustDomain }
    const subject = await resolveSubject(reading, set.subject)
    const reach = reachOf(type, set.said)
    const acted = subject && (await actOnSignal({ deps, tx, actor, cause: type ?? "signal" }, subject, reach))
    await tx.signalSources.hear(source.id, { kind: "received", at: deps.clock.now() })
    await recordEvent(deps, tx.outbox, {
      type: "signal.received",
      actor,
      ...(subject?.kind === "agent" && { agent: subject.agent.id, owner: subject.agent.owner }),
      outcome: acted?.did ?? "unknown-subject",
      data: dataOf(source, set, { type: type ?? set.uri, acted }),
      ...(subject?.kind === "person" && { onBehalfOf: subject.person.id }),
    })
    return acted && acted.did !== "nothing" ? "acted" : "ignored"
  })
}

/** Of a subject that is nobody's here only the format stands in the record: who a stranger is, is not ours to keep. */
function dataOf(
  { id, name }: SignalSource,
  { jti, subject }: ReceivedSet,
  { type, acted }: { type: string; acted: Acted | undefined },
): JsonObject {
  const format = typeof subject["format"] === "string" ? subject["format"].slice(0, 40) : "none"
  const counts = { sessions: acted?.sessions ?? 0, tokens: acted?.tokens ?? 0 }
  return { source: id, name, signal: type.slice(0, 200), jti: jti.slice(0, 200), format, ...counts }
}

/** Records that something that a source sent was not believed, by the code that it was answered. */
export async function refuseSignal(
  deps: RecordContext & { readonly transact: Transact<"outbox" | "signalSources"> },
  source: SignalSource,
  { code, description }: { readonly code: string; readonly description: string },
): Promise<void> {
  await deps.transact(async (tx) => {
    await tx.signalSources.hear(source.id, { kind: "refused", at: deps.clock.now(), said: description })
    await recordEvent(deps, tx.outbox, {
      type: "signal.refused",
      actor: { kind: "system", id: `signal source ${source.name}` },
      outcome: code,
      data: { source: source.id, name: source.name, description },
    })
  })
}
