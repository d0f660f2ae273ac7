import type { JsonObject } from "@tabard/core"
import type { Actor, AuditEvent, RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { Transact, Transaction } from "../transaction.ts"
import { type Acted, type ActStores, actOnSignal, reachOf } from "./act-on-signal.ts"
import { type KnownSubject, resolveSubject, type SubjectReads } from "./resolve-subject.ts"
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
    const reading = { tx, trustDomain: deps.organisation.trustDomain }
    await tx.signalSources.hear(source.id, { kind: "received", at: deps.clock.now() })
    const subjects = await resolveSubject(reading, set.subject)
    let reception: Reception = "ignored"
    // What is about nobody here is recorded once as well.
    for (const subject of subjects.length > 0 ? subjects : [undefined])
      if (await takeWord(deps, tx, { source, set, subject })) reception = "acted"
    return reception
  })
}

/** Does what a source says of one who is known here, and records it; answers whether anything was done. */
async function takeWord(
  deps: ReceiveDeps,
  tx: ReceiveStores,
  { source, set, subject }: Omit<Word, "subject"> & { readonly subject: KnownSubject | undefined },
): Promise<boolean> {
  const acted = subject ? await act(deps, tx, { source, set, subject }) : undefined
  await recordEvent(deps, tx.outbox, {
    type: "signal.received",
    actor: actorOf(source),
    ...about(subject),
    outcome: acted?.did ?? "unknown-subject",
    data: { ...dataOf(source, set, acted), ...(subject?.kind === "person" && { user: subject.person.id }) },
  })
  return acted !== undefined && acted.did !== "nothing"
}

/** What a source says of somebody who is known here. */
interface Word {
  readonly source: SignalSource
  readonly set: ReceivedSet
  readonly subject: KnownSubject
}

async function act(deps: ReceiveDeps, tx: ReceiveStores, { source, set, subject }: Word): Promise<Acted> {
  const type = signalTypeOf(set.uri)
  const acting = { deps, tx, actor: actorOf(source), cause: type ?? "signal" }
  return actOnSignal(acting, subject, reachOf(type, set.said))
}

function about(subject: KnownSubject | undefined): Pick<AuditEvent, "agent" | "onBehalfOf" | "owner"> {
  if (!subject) return {}
  if (subject.kind === "person") return { onBehalfOf: subject.person.id }
  return { agent: subject.agent.id, owner: subject.agent.owner }
}

function actorOf({ name }: SignalSource): Actor {
  return { kind: "system", id: `signal source ${name}` }
}

/** Of a subject that is nobody's here only the format stands in the record: who a stranger is, is not ours to keep. */
function dataOf(
  { id, name }: SignalSource,
  { jti, uri, subject }: ReceivedSet,
  acted: Acted | undefined,
): JsonObject {
  const type = signalTypeOf(uri) ?? uri
  const format = typeof subject["format"] === "string" ? subject["format"].slice(0, 40) : "none"
  const counts = { sessions: acted?.sessions ?? 0, tokens: acted?.tokens ?? 0 }
  return { source: id, name, signal: type.slice(0, 200), jti: jti.slice(0, 200), format, ...counts }
}

/** How often it is recorded that a source is not believed. */
const TOLD_EVERY_MS = 1000

/** Records that something that a source sent was not believed, by the code that it was answered. */
export async function refuseSignal(
  deps: RecordContext & { readonly transact: Transact<"outbox" | "signalSources"> },
  source: SignalSource,
  { code, description }: { readonly code: string; readonly description: string },
): Promise<void> {
  await deps.transact(async (tx) => {
    const now = deps.clock.now()
    const { refusedAt = null } =
      (await tx.signalSources.progress()).find((one) => one.source === source.id) ?? {}
    await tx.signalSources.hear(source.id, { kind: "refused", at: now, said: description })
    // All of them are counted; the record is not filled by whoever sends what is not believed.
    if (refusedAt !== null && now.getTime() - refusedAt.getTime() < TOLD_EVERY_MS) return
    await recordEvent(deps, tx.outbox, {
      type: "signal.refused",
      actor: actorOf(source),
      outcome: code,
      data: { source: source.id, name: source.name, description },
    })
  })
}
