import type { Id, JsonObject } from "@tabard/core"
import type { AuditEvent, RecordContext } from "./audit-event.ts"

/**
 * The version of the envelope. From 2 on, what is personal or bulky stands beside the log and is committed to; members
 * that 1 has keep their names and meanings.
 */
export const ENVELOPE_VERSION = 2

/** What is said of every event besides what happened. */
interface Standing {
  readonly id: Id<"event">
  readonly at: Date
  readonly commits: Readonly<Record<string, string>>
}

/** Answers an event as the log holds it: who, what, on what, under which policy, when and where, each in a field of its own. */
export function envelopeOf(
  { organisation, via, door, trace }: RecordContext,
  { id, at, commits }: Standing,
  event: AuditEvent,
): JsonObject {
  const { actor, actors: _, decision, ...rest } = event
  return {
    v: ENVELOPE_VERSION,
    id,
    t: at.toISOString(),
    organisation: organisation.id,
    ...(door && { door }),
    actor: actor.kind === "user" && via ? { ...actor, via } : { ...actor },
    ...chainOf(event),
    ...judgedBy(decision),
    // What is recorded in the transaction that makes it so has happened, unless the event says otherwise.
    outcome: decision?.effect ?? "done",
    ...rest,
    ...(trace && { trace: { ...trace } }),
    ...(Object.keys(commits).length > 0 && { commits }),
  }
}

function judgedBy(decision: AuditEvent["decision"]): JsonObject {
  if (!decision) return {}
  const { reasons, version } = decision
  return { decision: { ...decision }, policy: { rules: reasons, version } }
}

/** Who acts for whom, from the person served to whoever acts: of an agent's acts alone. */
function chainOf({ actor, actors = [], agent, onBehalfOf }: AuditEvent): JsonObject {
  if (actor.kind !== "agent" || !agent) return {}
  const agents = [...actors.toReversed(), agent]
  return { chain: onBehalfOf ? [onBehalfOf, ...agents] : agents }
}
