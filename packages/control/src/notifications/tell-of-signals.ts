import { idIn, type ReadEvent } from "./read-event.ts"
import { ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** A receiver takes no signals, or a source tells none: the administrators. */
export async function tellOfSignals(tx: TellingStores, { data }: ReadEvent): Promise<readonly Telling[]> {
  const stream = idIn("signalStream", data["stream"])
  const source = idIn("signalSource", data["source"])
  const { name, said } = data
  const subject = stream ?? source
  if (!subject || typeof name !== "string" || typeof said !== "string") return []
  const to = await ofRoles(tx, ["administrator"])
  return [
    { kind: "signals-troubled", to, subject, details: { name, said, how: stream ? "stream" : "source" } },
  ]
}

/** A stream was paused because too much waits: the administrators. What a person or a receiver does to it tells nobody. */
export async function tellOfFullStream(
  tx: TellingStores,
  { by, data }: ReadEvent,
): Promise<readonly Telling[]> {
  const subject = idIn("signalStream", data["stream"])
  const { name, reason } = data
  if (by || !subject || typeof name !== "string" || typeof reason !== "string") return []
  const to = await ofRoles(tx, ["administrator"])
  return [{ kind: "signals-troubled", to, subject, details: { name, said: reason, how: "full" } }]
}
