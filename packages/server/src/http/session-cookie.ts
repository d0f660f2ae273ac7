import { parse, serialize } from "hono/utils/cookie"

/** The prefix binds the cookie to this host and to https; plain http on loopback cannot have it (RFC 6265bis §4.1.3). */
export function cookieName(https: boolean): string {
  return https ? "__Host-tabard" : "tabard"
}

/** Answers the session's token of a request, if it carries one. */
export function sessionToken(request: Request, https: boolean): string | undefined {
  const name = cookieName(https)
  return parse(request.headers.get("cookie") ?? "", name)[name]
}

/** Writes the session's cookie: not for scripts, not for other sites. An empty token ends it. */
export function sessionCookie(token: string, expires: Date, https: boolean): string {
  return serialize(cookieName(https), token, {
    path: "/",
    httpOnly: true,
    sameSite: "Strict",
    secure: https,
    expires,
  })
}
