import type { OidcProvider } from "../oidc-provider.ts"
import { AUTHORIZE } from "./people-routes.ts"

type Middleware = Parameters<OidcProvider["use"]>[0]

/**
 * Leads a browser to a client that names itself by its address after a person has answered it, and not before: anybody can
 * be such a client, and a link that begins here would lead wherever its writer likes (RFC 9700 §4.11.2). Whoever is
 * registered here is told of a mistake where it wants to be.
 */
export function stayHere(issuer: string): Middleware {
  const { origin } = new URL(issuer)
  return async (ctx, next) => {
    await next()
    const { client_id: client } = ctx.query
    if (ctx.path !== AUTHORIZE || typeof client !== "string" || !client.startsWith("https://")) return
    // A page that sends a form by itself leads away as well, so that anything but a way that stays here is replaced.
    const to = ctx.res.getHeader("location")
    if (typeof to === "string" && URL.canParse(to, origin) && new URL(to, origin).origin === origin) return
    ctx.body = ""
    ctx.status = 303
    ctx.redirect(`${origin}/consent/refused?error=not_led_away`)
  }
}
