import type { ReadEvent } from "./read-event.ts"
import { ofRoles } from "./recipients.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** Two judges differ about a call, so one of them is wrong: everybody who looks after the organisation. */
export async function tellOfDispute(
  tx: TellingStores,
  { agent, action }: ReadEvent,
): Promise<readonly Telling[]> {
  const to = await ofRoles(tx, ["administrator", "security"])
  return [
    { kind: "decision-disputed", to, agent, details: { action: typeof action === "string" ? action : "" } },
  ]
}
