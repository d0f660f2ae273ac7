import type { JsonObject } from "@tabard/core"
import type { ReadEvent } from "./read-event.ts"
import { answering, ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** What became of an agent's bounds, by the mode that it was put in. */
const HOW: Readonly<Record<string, string>> = { observe: "began", rehearsed: "rehearsed", enforce: "ended" }

/**
 * An agent does what its bounds would stop, does so no more, or was rehearsed: whoever answers for it, and those who look after all, but
 * who did it. So nobody begins it unnoticed.
 */
export async function tellOfMode(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const how = event.data["cause"] === "time" ? "over" : HOW[String(event.data["mode"])]
  return how === undefined ? [] : tellOfObserving(tx, event, how)
}

/** The same before its time is over. */
export function tellOfEndingObserving(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  return tellOfObserving(tx, event, "ending")
}

async function tellOfObserving(
  tx: TellingStores,
  { agent, by, data }: ReadEvent,
  how: string,
): Promise<readonly Telling[]> {
  if (!agent) return []
  const all = [...(await answering(tx, agent)), ...(await ofRoles(tx, ["administrator", "security"]))]
  const to = [...new Set(all)].filter((person) => person !== by)
  return [{ kind: "agent-observed", to, agent, details: { how, ...(by && { by }), ...digestIn(data) } }]
}

function digestIn(data: ReadEvent["data"]): JsonObject {
  const counts = ["calls", "denied", "asked"].flatMap((name) =>
    typeof data[name] === "number" ? [[name, data[name]]] : [],
  )
  const times = ["due", "until"].flatMap((name) =>
    typeof data[name] === "string" ? [["due", data[name]]] : [],
  )
  const { stopped } = data
  const names = Array.isArray(stopped) ? stopped.filter((name) => typeof name === "string") : []
  return { ...Object.fromEntries([...counts, ...times]), ...(names.length > 0 && { stopped: names }) }
}
