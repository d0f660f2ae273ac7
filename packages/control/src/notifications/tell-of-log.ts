import type { ReadEvent } from "./read-event.ts"
import { ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** A witness has seen another history of the log: everybody who looks after the organisation. */
export async function tellOfSplitView(tx: TellingStores, { data }: ReadEvent): Promise<readonly Telling[]> {
  const witness = typeof data["witness"] === "string" ? data["witness"] : "a witness"
  const to = await ofRoles(tx, ["administrator", "security"])
  return [{ kind: "log-split-view", to, details: { witness } }]
}

/** Entries are to leave the record: everybody else who looks after the organisation, while it can still be taken back. */
export async function tellOfRetention(
  tx: TellingStores,
  { by, data }: ReadEvent,
): Promise<readonly Telling[]> {
  const { months } = data
  if (typeof months !== "number") return []
  const to = (await ofRoles(tx, ["administrator", "security"])).filter((person) => person !== by)
  return [{ kind: "retention-changed", to, details: { months: String(months) } }]
}
