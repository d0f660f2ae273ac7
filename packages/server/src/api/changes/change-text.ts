import type { Arrival } from "@tabard/control"

const encoder = new TextEncoder()

/** Writes what arrived as server-sent events: only what to look at again, and never what it is now. */
export function changesText(arrivals: readonly Arrival[]): Uint8Array {
  return encoder.encode(arrivals.map(changeText).join(""))
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html */
function changeText({ id, type, agent }: Arrival): string {
  return `id: ${id}\nevent: change\ndata: ${JSON.stringify({ type, agent })}\n\n`
}

/** More changed than is told one by one, or nobody knows since when: look at everything again. */
export const RESET: Uint8Array = encoder.encode("event: reset\ndata: {}\n\n")

/** The first that is said: when to come back where the connection is lost, in milliseconds. */
export const HELLO: Uint8Array = encoder.encode("retry: 2000\n\n")

/** What breaks the silence, so that both ends know that the other is there. */
export const BEAT: Uint8Array = encoder.encode(": still here\n\n")
