import type { SentinelSecrets, SentinelSettings } from "@tabard/api"
import type { CarryResult } from "@tabard/control"
import { z } from "zod"
import { answerJson } from "./answer-json.ts"
import type { HttpReceiver } from "./http-receiver.ts"
import { refusal } from "./refusal.ts"

const Said = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() })

/** What Microsoft Entra gave us, or why it gave nothing. */
type Got =
  | { readonly kind: "token"; readonly token: string; readonly fresh: boolean }
  | Exclude<CarryResult, { kind: "taken" }>

/** A token of the application's, got when it is needed and kept until shortly before it ends. */
export interface EntraToken {
  get(signal: AbortSignal): Promise<Got>
  /** Forgets a token that was refused where it was shown. */
  forget(): void
}

/** How long before its end a token is not used any more. */
const SPARE_MS = 5 * 60_000

/** Gets tokens for Azure Monitor from Microsoft Entra by client credentials. */
export function entraToken(
  { loginUrl, tenantId, clientId }: SentinelSettings,
  { clientSecret }: SentinelSecrets,
  receiver: HttpReceiver,
): EntraToken {
  const url = `${loginUrl.replace(/\/+$/, "")}/${encodeURIComponent(tenantId)}/oauth2/v2.0/token`
  const headers = { "content-type": "application/x-www-form-urlencoded" }
  const asked = { grant_type: "client_credentials", client_id: clientId, client_secret: clientSecret }
  const body = new URLSearchParams({ ...asked, scope: scopeOf(loginUrl) }).toString()
  let kept: { readonly token: string; readonly until: number } | undefined

  return {
    async get(signal) {
      const now = receiver.clock.now().getTime()
      if (kept && now < kept.until) return { kind: "token", token: kept.token, fresh: false }
      const answer = await receiver.post({ url, headers, body }, signal)
      if (answer.kind === "answered" && (answer.status === 400 || answer.status === 401)) return UNKNOWN
      const said = answer.kind === "answered" && answer.status === 200 ? answerJson(answer, Said) : undefined
      if (!said) return unanswered(refusal(answer, receiver.clock))
      kept = { token: said.access_token, until: now + said.expires_in * 1000 - SPARE_MS }
      return { kind: "token", token: said.access_token, fresh: true }
    },
    forget() {
      kept = undefined
    },
  }
}

const UNKNOWN = {
  kind: "held",
  reason: "our credentials are refused: look at tenant, application and secret",
} as const

function unanswered(result: ReturnType<typeof refusal>): Exclude<CarryResult, { kind: "taken" }> {
  return result.kind === "later" || result.kind === "held"
    ? result
    : { kind: "later", reason: "the sign-in's answer could not be read", afterMs: null }
}

/** Azure Monitor has a name of its own in each of Microsoft's clouds. */
function scopeOf(loginUrl: string): string {
  const host = new URL(loginUrl).hostname
  const [, cloud = "com"] = /\.(us|cn)$/.exec(host) ?? []
  return `https://monitor.azure.${cloud}/.default`
}
