import type { RetentionOperations, RetentionView } from "@tabard/api"
import { putRetention } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { retentionView } from "../views/retention-view.ts"

/** After how long entries may leave the record. */
export function retentionHandlers(services: ApiServices): Pick<Handlers, keyof RetentionOperations> {
  const { shelf, clock } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const view = (): Promise<RetentionView> => shelf.snapshot((tx) => retentionView(tx, clock.now()))
  return {
    getRetention: view,
    putRetention: async ({ user }, wish) => {
      await putRetention(deps, user, wish)
      return view()
    },
  }
}
