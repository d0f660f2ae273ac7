import type { Send } from "@tabard/api"
import type { Now } from "./clock-context.ts"

/** What tells the server that nobody is there: such a request does not keep the session from ending. */
export const UNATTENDED: Readonly<Record<string, string>> = { "x-tabard-unattended": "1" }

/** After how long without a hand on key, mouse or screen nobody is taken to be there, in milliseconds. */
const PATIENCE_MS = 5 * 60_000

const HANDS = ["pointerdown", "pointermove", "keydown", "wheel"] as const

/** Sends as `send` does, and says of requests that no hand on the page asked for that nobody is there. */
export function attendedSend(page: EventTarget, now: Now, send: Send): Send {
  let last = now()
  const noted = (): void => {
    last = now()
  }
  for (const hand of HANDS) page.addEventListener(hand, noted, { passive: true, capture: true })
  return (url, init) => {
    if (now() - last < PATIENCE_MS) return send(url, init)
    const headers = new Headers(init.headers)
    for (const [name, value] of Object.entries(UNATTENDED)) headers.set(name, value)
    return send(url, { ...init, headers })
  }
}
