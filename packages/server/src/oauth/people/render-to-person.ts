import type { IssuerSettings } from "../issuer-settings.ts"
import type { Configuration } from "../oidc-provider.ts"

/** The paths at which a person's browser asks, and not a program. */
const PAGES: readonly string[] = ["authorization", "resume"]

/**
 * Shows a person why they cannot be led back to the client, on a page of the console that knows the words for each code:
 * none of the request's own are shown, since anybody can write an address. Programs are answered as they are elsewhere.
 */
export function renderToPerson({ issuer }: IssuerSettings): NonNullable<Configuration["renderError"]> {
  return (ctx, out) => {
    if (PAGES.includes(ctx.oidc.route)) {
      ctx.redirect(`${new URL(issuer).origin}/consent/refused?error=${encodeURIComponent(out.error)}`)
      return
    }
    ctx.type = "application/json"
    ctx.body = out
  }
}
