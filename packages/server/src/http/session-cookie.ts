import { COMMAND_LINE_PREFIX } from "@tabard/control"
import { parse, serialize } from "hono/utils/cookie"

/**
 * Answers what the cookie is called at the console's address. The prefix binds it to this host and to https. Plain http on
 * loopback cannot have that (RFC 6265bis §4.1.3), and names its port: browsers keep one jar for all ports of a host, and
 * of two Tabards there each would end the other's sessions.
 */
export function cookieName(publicUrl: string): string {
  return isHttps(publicUrl) ? "__Host-tabard" : `tabard-${new URL(publicUrl).port || "80"}`
}

/** Answers the session's token of a request, if it carries one. What a command line holds makes no browser of it. */
export function sessionToken(request: Request, publicUrl: string): string | undefined {
  const name = cookieName(publicUrl)
  const token = parse(request.headers.get("cookie") ?? "", name)[name]
  return token?.startsWith(COMMAND_LINE_PREFIX) ? undefined : token
}

/** Writes the session's cookie: not for scripts, not for other sites. An empty token ends it. */
export function sessionCookie(token: string, expires: Date, publicUrl: string): string {
  return serialize(cookieName(publicUrl), token, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: isHttps(publicUrl),
    expires,
  })
}

function isHttps(publicUrl: string): boolean {
  return new URL(publicUrl).protocol === "https:"
}
