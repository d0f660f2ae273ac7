import type { ProvisioningOperations } from "@tabard/api"
import { releasePerson } from "@tabard/control"
import { SCIM_PATH } from "../../scim/changed-by.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { personDetail } from "../views/directory-views.ts"

/** What people see and do of what a directory keeps over SCIM. */
export function provisioningHandlers(services: ApiServices): Pick<Handlers, keyof ProvisioningOperations> {
  const { shelf, clock, publicUrl } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    getProvisioning: () =>
      shelf.snapshot(async ({ provisioned, teams }) => {
        const kept = (await teams.list()).filter(({ keptBy }) => keptBy === "scim")
        return { address: `${publicUrl}${SCIM_PATH}`, ...(await provisioned.count()), teams: kept.length }
      }),
    releasePerson: async ({ user }, { id }) => {
      await releasePerson(deps, user, id)
      return shelf.snapshot((tx) => personDetail(tx, { by: user, now: clock.now() }, id))
    },
  }
}
