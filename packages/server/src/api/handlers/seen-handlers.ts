import { type Id, isId, type Kind, Problem, type ProblemCode } from "@tabard/core"
import type { Handlers } from "../handler.ts"
import type { ApiServices } from "../services.ts"
import { credentialViews, observedServerViews } from "../views/inventory-views.ts"
import { scanView } from "../views/overview-view.ts"

/** One thing of what scans brought, by its id. */
export function seenHandlers({
  shelf,
}: ApiServices): Pick<Handlers, "getObservedServer" | "getCredential" | "getScan"> {
  return {
    getObservedServer: (_, { id }) =>
      shelf.snapshot(async (tx) => {
        const found = await tx.observations.findServers(idsOf("server", id))
        return theOne("server_not_found", id, await observedServerViews(tx, found))
      }),
    getCredential: (_, { id }) =>
      shelf.snapshot(async (tx) => {
        const found = await tx.observations.findCredentials(idsOf("credential", id))
        return theOne("credential_not_found", id, await credentialViews(tx, found))
      }),
    getScan: (_, { id }) =>
      shelf.snapshot(async ({ observations }) => {
        const found = await observations.findScans(idsOf("scan", id))
        return theOne("scan_not_found", id, found.map(scanView))
      }),
  }
}

function idsOf<K extends Kind>(kind: K, id: string): readonly Id<K>[] {
  return isId(kind, id) ? [id] : []
}

function theOne<View>(code: ProblemCode, id: string, [found]: readonly View[]): View {
  if (!found) throw new Problem(code, `there is no ${code.replace("_not_found", "")} ${id}`)
  return found
}
