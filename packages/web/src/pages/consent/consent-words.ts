import type { ClientRequestView } from "@tabard/api"
import { EFFECT_VERBS } from "../../words/agent-words.ts"

/** Why a person was not led back to their client, by the code; an address can be written by anybody, so nothing else of it is shown. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ["another_person", "Somebody else answered this request, or you are signed in as somebody else now."],
  ["invalid_redirect_uri", "The client wants you led to an address that it is not registered with."],
  ["invalid_client", "There is no such client here, or its description could not be read."],
  ["invalid_client_metadata", "What the client says of itself cannot be accepted."],
  [
    "not_led_away",
    "The client asks in a way that is not understood here. Nobody registered it, so you were not led to its address.",
  ],
  ["invalid_target", "The client asks for something that is not behind this Tabard."],
  ["server_error", "Something went wrong here. The operator's log knows what."],
])

/** Says why a request ended here. */
export function refusedWords(code: string | null): string {
  return (
    REFUSED.get(code ?? "") ?? "The request is over, was answered already, or was not begun in this browser."
  )
}

/** Says what a client may do with a yes, in verbs. */
export function scopeWords({ scope }: Pick<ClientRequestView, "scope">): string {
  const verbs = Object.entries(EFFECT_VERBS)
  if (scope.length === verbs.length) return "Whatever its agent's intent allows"
  return scope.map((effect) => EFFECT_VERBS[effect]).join(", ")
}

/** Says where the person is led afterwards. */
export function leadsToWords(host: string): string {
  const name = host.replace(/:\d+$/, "")
  return ["127.0.0.1", "[::1]", "localhost"].includes(name) ? `A program on this machine (${host})` : host
}

/** Says what the first button does. */
export function agreeWords({ state, rule, client }: ClientRequestView): string {
  if (state === "waiting") return "Check again"
  if (state === "new") return `Ask for ${client.name} to be adopted`
  return rule ? `Let ${client.name} act, and answer for it` : `Let ${client.name} act for me`
}
