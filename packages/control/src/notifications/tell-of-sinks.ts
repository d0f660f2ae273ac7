import { idIn, type ReadEvent } from "./read-event.ts"
import { ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** A receiver takes nothing of the record, or refused part of it: the administrators. */
export async function tellOfSink(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const sink = idIn("sink", event.data["sink"])
  const [name, said] = [event.data["name"], event.data["said"]]
  if (!sink || typeof name !== "string" || typeof said !== "string") return []
  const to = await ofRoles(tx, ["administrator"])
  const how = event.type === "sink.refused" ? "refused" : "stalled"
  return [{ kind: "export-troubled", to, subject: sink, details: { name, said, how } }]
}

/** Somebody keeps the record from a receiver: the other administrators, who may not have wanted that. */
export async function tellOfSilencedSink(tx: TellingStores, event: ReadEvent): Promise<readonly Telling[]> {
  const sink = idIn("sink", event.data["sink"])
  const name = event.data["name"]
  if (!sink || typeof name !== "string") return []
  const to = (await ofRoles(tx, ["administrator"])).filter((person) => person !== event.by)
  const how = event.type.replace("sink.", "")
  return [{ kind: "export-troubled", to, subject: sink, details: { name, how, said: "" } }]
}
