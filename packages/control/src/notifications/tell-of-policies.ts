import { idIn, type ReadEvent } from "./read-event.ts"
import { answeringOrStewards } from "./tell-of-agents.ts"
import type { Telling, TellingStores } from "./telling.ts"

/** A change of what manifests are made from left some that compile no longer: whoever answers for each of those agents, but who did it. */
export async function tellOfCutOff(tx: TellingStores, { by, data }: ReadEvent): Promise<readonly Telling[]> {
  const stopped = Array.isArray(data["stopped"]) ? data["stopped"] : []
  const details = { how: "cut-off", ...(by && { by }) }
  const tellings: Telling[] = []
  for (const id of stopped) {
    const agent = idIn("agent", id)
    if (!agent) continue
    const to = (await answeringOrStewards(tx, agent)).filter((person) => person !== by)
    tellings.push({ kind: "agent-stopped", to, agent, details })
  }
  return tellings
}
