import { signInByProvider } from "@tabard/control"
import { Problem } from "@tabard/core"
import { type Context, Hono } from "hono"
import { type ApiServices, recordContext } from "../api/services.ts"
import { sessionCookie } from "../http/session-cookie.ts"
import { replayGuard } from "../oauth/replay-guard.ts"
import type { OpenIdProvider } from "./open-id-provider.ts"
import { FLOW_LIFE_MS, flowCookie, flowOfRequest, startFlow } from "./sign-in-flow.ts"

/** Where the way to the provider begins, and where it leads back to. */
export const PROVIDER_PATH = "/sign-in/provider"
export const CALLBACK_PATH: string = `${PROVIDER_PATH}/callback`

/**
 * Leads a browser to the OpenID provider and, signed in or refused, back to the console's first page: to no address
 * that anybody named.
 */
export function providerDoor(services: ApiServices, provider: OpenIdProvider): Hono {
  const { publicUrl, clock } = services
  const app = new Hono()
  app.get(PROVIDER_PATH, async (context) => {
    const flow = startFlow(clock)
    const page = await provider.begin(flow).catch(refusalOf)
    if (typeof page === "string") return back(context, page)
    context.header("set-cookie", flowCookie(flow, publicUrl, FLOW_LIFE_MS))
    return context.redirect(page.href, 302)
  })
  app.get(CALLBACK_PATH, async (context) => {
    const session = await arrive(services, provider, context.req.raw).catch(refusalOf)
    context.header("set-cookie", flowCookie(startFlow(clock), publicUrl, 0), { append: true })
    if (typeof session === "string") return back(context, session)
    const cookie = sessionCookie(session.token, session.expiresAt, publicUrl)
    context.header("set-cookie", cookie, { append: true })
    return back(context)
  })
  return app
}

function back(context: Context, refused?: string): Response {
  return context.redirect(refused === undefined ? "/" : `/sign-in?refused=${refused}`, 302)
}

async function arrive(
  services: ApiServices,
  provider: OpenIdProvider,
  request: Request,
): ReturnType<typeof signInByProvider> {
  const { publicUrl, clock, shelf } = services
  const flow = flowOfRequest(request, publicUrl, clock.now())
  if (!flow) throw new Problem("sign_in_invalid", "this sign-in is over, or was begun elsewhere: begin again")
  const word = await provider.end(flow, new URL(request.url).search)
  // Taken for good before anybody is let in: one way leads in once, whatever the provider would answer twice.
  const until = new Date(flow.startedAt + FLOW_LIFE_MS)
  if (!(await replayGuard(shelf).take("sign-in", flow.state, until))) {
    throw new Problem("sign_in_invalid", "this sign-in was used already: begin again")
  }
  const agent = request.headers.get("user-agent")
  return signInByProvider({ ...recordContext(services), transact: shelf.transact }, { ...word, agent })
}

/** A refusal leads back by its name; a fault goes where faults go. */
function refusalOf(error: unknown): string {
  if (error instanceof Problem) return error.code
  throw error
}
