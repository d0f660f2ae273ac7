import type { ReadEvent } from "./read-event.ts"
import { ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** A witness has seen another history of the log: everybody who looks after the organisation. */
export async function tellOfSplitView(tx: TellingStores, { data }: ReadEvent): Promise<readonly Telling[]> {
  const witness = typeof data["witness"] === "string" ? data["witness"] : "a witness"
  const to = await ofRoles(tx, ["administrator", "security"])
  return [{ kind: "log-split-view", to, details: { witness } }]
}
