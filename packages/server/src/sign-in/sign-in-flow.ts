import { createHash } from "node:crypto"
import { type Clock, newHandle } from "@tabard/core"
import { parse, serialize } from "hono/utils/cookie"

/**
 * One way to a provider and back. All that binds it is made of a random handle which only the browser's cookie holds,
 * so nothing of it is kept here, and nobody can begin a way that another's browser ends.
 */
export interface SignInFlow {
  readonly handle: string
  readonly startedAt: number
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

/** How long a person may take at the provider. */
export const FLOW_LIFE_MS: number = 10 * 60 * 1000

/** Begins a way. */
export function startFlow(clock: Clock): SignInFlow {
  return flowOf(newHandle() + newHandle(), clock.now().getTime())
}

/** Writes a way's cookie for `life` milliseconds, none of which ends it: it has to come back from another site, so it is lax, for that one path. */
export function flowCookie({ handle, startedAt }: SignInFlow, publicUrl: string, life: number): string {
  return serialize(cookieName(publicUrl), `${handle}.${startedAt}`, {
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: publicUrl.startsWith("https:"),
    maxAge: life / 1000,
  })
}

/** Answers the way that a browser is on, or undefined where it is on none, or has been for too long. */
export function flowOfRequest(request: Request, publicUrl: string, now: Date): SignInFlow | undefined {
  const name = cookieName(publicUrl)
  const value = parse(request.headers.get("cookie") ?? "", name)[name] ?? ""
  const [, handle, startedAt] = /^([\w-]{40,100})\.(\d{13})$/.exec(value) ?? []
  if (handle === undefined) return undefined
  const age = now.getTime() - Number(startedAt)
  return age >= 0 && age < FLOW_LIFE_MS ? flowOf(handle, Number(startedAt)) : undefined
}

function flowOf(handle: string, startedAt: number): SignInFlow {
  const made = (of: string): string => createHash("sha256").update(`${of}\n${handle}`).digest("base64url")
  return { handle, startedAt, state: made("state"), nonce: made("nonce"), verifier: made("verifier") }
}

function cookieName(publicUrl: string): string {
  const { protocol, port } = new URL(publicUrl)
  return protocol === "https:" ? "__Host-tabard-sign-in" : `tabard-sign-in-${port || "80"}`
}
