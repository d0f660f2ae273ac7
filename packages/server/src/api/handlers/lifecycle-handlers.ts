import type { AgentDetail, LifecycleOperations } from "@tabard/api"
import { agreeToRenewal, declineRenewal, renewMandate } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"

/** What people do about how long agents go on, and about how they end. */
export function lifecycleHandlers(services: ApiServices): Pick<Handlers, keyof LifecycleOperations> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  const detail = (id: string): Promise<AgentDetail> => readDetail(services, id)
  return {
    renewMandate: async ({ user }, { id, expiresAt }) => {
      await renewMandate(deps, user, { agent: id, expiresAt: new Date(expiresAt) })
      return detail(id)
    },
    agreeToRenewal: async ({ user }, { id }) => {
      await agreeToRenewal(deps, user, id)
      return detail(id)
    },
    declineRenewal: async ({ user }, { id, reason }) => {
      await declineRenewal(deps, user, { agent: id, reason })
      return detail(id)
    },
  }
}
