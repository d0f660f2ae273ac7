import type { MiddlewareHandler } from "hono"

/** Nothing but this origin's own files, no frames, no forms elsewhere, no address told to others. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ")

/** What a browser must hold to, whatever is answered. */
export function securityHeadersOf(https: boolean): readonly (readonly [name: string, value: string])[] {
  return [
    ["content-security-policy", CONTENT_SECURITY_POLICY],
    ["x-content-type-options", "nosniff"],
    ["x-frame-options", "DENY"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    ["permissions-policy", "camera=(), geolocation=(), microphone=()"],
    ...(https ? [["strict-transport-security", "max-age=31536000"] as const] : []),
  ]
}

/** Puts what a browser must hold to on every answer. */
export function securityHeaders(https: boolean): MiddlewareHandler {
  const always = securityHeadersOf(https)
  return async (context, next) => {
    await next()
    const { headers } = context.res
    for (const [name, value] of always) headers.set(name, value)
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store")
  }
}
