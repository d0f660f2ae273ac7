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

/** Puts what a browser must hold to on every answer. */
export function securityHeaders(https: boolean): MiddlewareHandler {
  return async (context, next) => {
    await next()
    const { headers } = context.res
    headers.set("content-security-policy", CONTENT_SECURITY_POLICY)
    headers.set("x-content-type-options", "nosniff")
    headers.set("referrer-policy", "no-referrer")
    headers.set("cross-origin-opener-policy", "same-origin")
    headers.set("cross-origin-resource-policy", "same-origin")
    headers.set("permissions-policy", "camera=(), geolocation=(), microphone=()")
    if (https) headers.set("strict-transport-security", "max-age=31536000")
    if (!headers.has("cache-control")) headers.set("cache-control", "no-store")
  }
}
