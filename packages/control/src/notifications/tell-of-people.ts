import { ROLES } from "@tabard/core"
import { idIn, type ReadEvent } from "./read-event.ts"
import { ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** How long before its end an API token is spoken of; one of a few days, when a quarter of its life is left. */
const TOKEN_AHEAD_MS = 7 * 24 * 60 * 60 * 1000

/** Somebody was let in: the other administrators. The person has the link for it, which no mail carries. */
export async function tellOfInvitation(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const person = idIn("user", event.data["user"])
  if (!person) return []
  const to = (await ofRoles(tx, ["administrator"])).filter((one) => one !== event.by && one !== person)
  return [{ kind: "person-invited", to, subject: person, details: rolesIn(event) }]
}

/** Somebody left, and agents of theirs need another owner: those who look after all. */
export async function tellOfDeparture(tx: TellingStores, { data }: ReadEvent): Promise<readonly Telling[]> {
  const [person, agents] = [idIn("user", data["user"]), data["agents"]]
  if (data["kind"] !== "departure" || !person || typeof agents !== "number" || agents === 0) return []
  const to = (await ofRoles(tx, ["administrator", "security"])).filter((one) => one !== data["by"])
  return [{ kind: "person-left", to, subject: person, details: { agents } }]
}

/** Somebody may do more or less than before: they themselves, and the other administrators. */
export async function tellOfRole(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const person = idIn("user", event.data["user"])
  if (!person) return []
  const all = new Set([person, ...(await ofRoles(tx, ["administrator"]))])
  if (event.by) all.delete(event.by)
  return [{ kind: "role-changed", to: [...all], subject: person, details: rolesIn(event) }]
}

function rolesIn({ by, data }: ReadEvent): NonNullable<Telling["details"]> {
  const [role, before] = [data["role"], data["before"]].map((word) => ROLES.find((one) => one === word))
  return { ...(by && { by }), ...(role && { role }), ...(before && { before }) }
}

/** Somebody came in from a browser that they never used before: they themselves. */
export async function tellOfSignIn(_: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const session = idIn("session", event.data["session"])
  if (!event.by || !session || event.data["newBrowser"] !== true) return []
  return [{ kind: "signed-in", to: [event.by], subject: session }]
}

/** An API token was made: its maker, before it ends. */
export async function tellOfApiToken(_: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const [token, until] = [idIn("apiToken", event.data["apiToken"]), event.data["expiresAt"]]
  const ends = typeof until === "string" ? Date.parse(until) : Number.NaN
  if (!event.by || !token || Number.isNaN(ends)) return []
  const ahead = Math.min(TOKEN_AHEAD_MS, (ends - event.at.getTime()) / 4)
  return [
    { kind: "api-token-expiring", to: [event.by], subject: token, due: new Date(Math.floor(ends - ahead)) },
  ]
}
