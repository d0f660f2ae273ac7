import type { Clock, Effect, EffectClass, Id, JsonObject, Observed, Organisation } from "@tabard/core"
import type { EventType } from "./event-types.ts"

/** Who did it: a person, an agent, or this program by itself. */
export type Actor =
  | { readonly kind: "user"; readonly id: Id<"user">; readonly via?: Id<"apiToken"> }
  | { readonly kind: "agent"; readonly id: Id<"agent">; readonly instance?: Id<"instance"> }
  | { readonly kind: "system"; readonly id: string }

/** What happened, to be recorded in the transaction that makes it so. */
export interface AuditEvent {
  readonly type: EventType
  readonly actor: Actor
  readonly agent?: Id<"agent">
  readonly instance?: Id<"instance">
  /** The agents that an acting agent acts for, nearest first. */
  readonly actors?: readonly Id<"agent">[]
  readonly owner?: Id<"user"> | null
  readonly onBehalfOf?: Id<"user">
  readonly task?: Id<"task"> | null
  readonly call?: Id<"call">
  readonly approval?: Id<"approval">
  readonly action?: string
  /** The tool as it was reviewed. */
  readonly tool?: { readonly name: string; readonly digest: string; readonly effects: readonly EffectClass[] }
  readonly resource?: string
  /** The worst that the agent's risk may be, as it was when this was decided. */
  readonly risk?: number
  readonly decision?: {
    readonly id: Id<"decision">
    readonly effect: Effect
    readonly code: string
    readonly reasons: readonly string[]
    readonly version: number
    /** Where its agent was observed: whether the call was let through all the same. */
    readonly observed?: Observed
  }
  readonly outcome?: string
  /** What else belongs to it: bounded, and never a secret. */
  readonly data?: JsonObject
}

/** Where a W3C trace stands: the ids of the trace and of the span that led here, as the caller says. */
export interface TraceContext {
  readonly traceId: string
  readonly spanId: string
}

/** By which door it came: what acts by itself has none. */
export type EventDoor = "api" | "authzen" | "gateway" | "issuer" | "reports" | "scim" | "signals"

/** What every event is recorded with. */
export interface RecordContext {
  readonly organisation: Organisation
  readonly clock: Clock
  /** The API token by which a person's machine does it; every act of the person's is recorded with it. */
  readonly via?: Id<"apiToken"> | undefined
  readonly door?: EventDoor | undefined
  readonly trace?: TraceContext | undefined
}
