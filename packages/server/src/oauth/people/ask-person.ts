import type { IssuerSettings } from "../issuer-settings.ts"
import { errors, type KoaContextWithOIDC } from "../oidc-provider.ts"
import { askedScope } from "./asked-scope.ts"
import { keepClientRequest } from "./client-request.ts"

/** How long a person may take: long enough to have an agent adopted over lunch, too short to be forgotten. */
export const REQUEST_LIFE_SECONDS = 3600

/** Where people are asked, in the console. */
const PAGE = "/consent"

type Asking = { readonly uid: string }

/** Keeps what a client asks, and answers the page on which whoever signs in looks at it. */
export function personAsker(settings: IssuerSettings) {
  return async (ctx: KoaContextWithOIDC, { uid }: Asking): Promise<string> => {
    const { client, params } = ctx.oidc
    if (!client || !params) throw new errors.InvalidRequest("no client")
    await keepClientRequest(settings.shelf, {
      id: uid,
      way: "browser",
      client: { id: client.clientId, name: nameOf(client), host: hostOf(client.clientId) },
      redirectUri: textIn(params["redirect_uri"]) ?? null,
      resource: oneResource(params["resource"]),
      scope: askedScope(params["scope"]),
      message: null,
      asked: null,
      answeredBy: null,
      expiresAt: new Date(settings.clock.now().getTime() + REQUEST_LIFE_SECONDS * 1000),
    })
    return `${new URL(settings.issuer).origin}${PAGE}/${uid}`
  }
}

/** Answers the host that an address proves, or null for a client that was registered here. */
export function hostOf(clientId: string): string | null {
  return clientId.startsWith("https://") && URL.canParse(clientId) ? new URL(clientId).host : null
}

/** What a client calls itself is a stranger's word: one line, and short. */
function nameOf({ clientId, clientName }: { clientId: string; clientName?: string | undefined }): string {
  const plain = (clientName ?? "")
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, " ")
    .trim()
    .slice(0, 80)
  return plain || (hostOf(clientId) ?? "a client without a name")
}

/** RFC 8707 §2 lets a request name several; a token of ours is for one. */
function oneResource(resource: unknown): string {
  const [one, ...more] = [resource].flat()
  if (typeof one === "string" && more.length === 0) return one
  throw new errors.InvalidTarget("name exactly one resource")
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined
}
