import { newHandle, newId, Problem } from "@tabard/core"
import { handleHash } from "../access/handle-hash.ts"
import type { Caller } from "../registry/caller.ts"
import type { SignalSource } from "./signal-source-store.ts"
import {
  assertKeepsSignals,
  findSource,
  noSource,
  recordSourceEvent,
  type SourceDeps,
} from "./source-acts.ts"

/** What a source is made with. */
export interface SourceWish extends Pick<SignalSource, "name" | "issuer" | "audience" | "jwksUri"> {
  readonly delivery:
    | { readonly method: "push" }
    | { readonly method: "poll"; readonly url: string; readonly header: string | null }
}

/** A source as it is made: the token that it pushes with is shown this once. */
export interface ShownSource {
  readonly source: SignalSource
  readonly token: string | null
}

/** The most sources of one organisation. */
const MOST_SOURCES = 20

/**
 * Has an organisation act on what a transmitter says. One that pushes gets a token for it; what we prove ourselves with to
 * one that is polled is sealed.
 *
 * @throws {Problem} not_allowed
 */
export async function makeSource(deps: SourceDeps, by: Caller, wish: SourceWish): Promise<ShownSource> {
  assertKeepsSignals(by)
  const { name, issuer, audience, jwksUri, delivery } = wish
  const id = newId("signalSource", deps.clock)
  const token = delivery.method === "push" ? newHandle() + newHandle() : null
  const header = delivery.method === "poll" ? delivery.header : null
  const source: SignalSource = {
    id,
    name,
    issuer,
    audience,
    jwksUri,
    delivery:
      delivery.method === "push"
        ? { method: "push", tokenHash: handleHash(token ?? "") }
        : { method: "poll", url: delivery.url },
    sealed: header === null ? null : deps.box.seal(id, header),
    state: "running",
    revision: 1,
    madeBy: by.id,
    madeAt: deps.clock.now(),
  }
  await deps.transact(async (tx) => {
    if ((await tx.signalSources.list()).length >= MOST_SOURCES)
      throw new Problem("not_allowed", `there are ${MOST_SOURCES} sources: remove one that is not needed`)
    await tx.signalSources.insert(source)
    await recordSourceEvent(deps, tx, by, { type: "signal-source.made", source })
  })
  return { source, token }
}

/**
 * Has a source be heard, or not for now. What it pushes while it is paused it is asked to push again later.
 *
 * @throws {Problem} not_allowed, signal_source_not_found, signal_conflict
 */
export async function setSourceState(
  deps: SourceDeps,
  by: Caller,
  id: string,
  state: SignalSource["state"],
): Promise<SignalSource> {
  assertKeepsSignals(by)
  return deps.transact(async (tx) => {
    const before = await findSource(tx, id)
    if (before.state === state) return before
    const source: SignalSource = { ...before, state }
    if (!(await tx.signalSources.change(before, source)))
      throw new Problem("signal_conflict", "somebody changed this source meanwhile: look at it again")
    await tx.signalSources.hear(source.id, { kind: "answered", at: deps.clock.now() })
    await recordSourceEvent(deps, tx, by, { type: "signal-source.changed", source })
    return { ...source, revision: before.revision + 1 }
  })
}

/**
 * Has nothing that a source says be acted on any more, from now on.
 *
 * @throws {Problem} not_allowed, signal_source_not_found
 */
export async function removeSource(deps: SourceDeps, by: Caller, id: string): Promise<void> {
  assertKeepsSignals(by)
  await deps.transact(async (tx) => {
    const source = await findSource(tx, id)
    if (!(await tx.signalSources.remove(source.id, deps.clock.now()))) throw noSource(id)
    await recordSourceEvent(deps, tx, by, { type: "signal-source.removed", source })
  })
}
