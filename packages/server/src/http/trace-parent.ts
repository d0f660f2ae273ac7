// W3C Trace Context, level 1 (https://www.w3.org/TR/trace-context/#traceparent-header)
import type { TraceContext } from "@tabard/control"

const IDS = String.raw`(?!0{32})(?<traceId>[0-9a-f]{32})-(?!0{16})(?<spanId>[0-9a-f]{16})-[0-9a-f]{2}`
const FIRST_VERSION = new RegExp(`^00-${IDS}$`)
/** Version ff is none (§3.2.2.1); what a later one says behind its flags is not known. */
const LATER_VERSION = new RegExp(`^(?!00|ff)[0-9a-f]{2}-${IDS}(?:-.{0,200})?$`)

/**
 * Answers the trace that a `traceparent` continues, or undefined where it is not exactly one: whoever calls may write
 * anything there, and an event names a trace or none.
 */
export function readTraceparent(text: unknown): TraceContext | undefined {
  if (typeof text !== "string") return undefined
  const { traceId, spanId } = (FIRST_VERSION.exec(text) ?? LATER_VERSION.exec(text))?.groups ?? {}
  return traceId && spanId ? { traceId, spanId } : undefined
}
