import type { AgentDetail, LifecycleOperations } from "@tabard/api"
import {
  agreeToRenewal,
  attestCredential,
  declineRenewal,
  nameAgentSuccessor,
  namePersonSuccessor,
  renewMandate,
} from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { departureView } from "../views/departure-view.ts"
import { personDetail } from "../views/directory-views.ts"
import { retirementView } from "../views/retirement-view.ts"

/** What people do about how long agents go on, and about how they end. */
export function lifecycleHandlers(services: ApiServices): Pick<Handlers, keyof LifecycleOperations> {
  const { shelf, clock, certifier, onFault } = services
  const deps = { ...recordContext(services), ...shelf, certifier, onFault }
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
    nameAgentSuccessor: async ({ user }, { id, successor }) => {
      await nameAgentSuccessor(deps, user, { agent: id, successor })
      return detail(id)
    },
    namePersonSuccessor: async ({ user }, { id, successor }) => {
      await namePersonSuccessor(deps, user, { person: id, successor })
      return shelf.snapshot((tx) => personDetail(tx, { by: user, now: clock.now() }, id))
    },
    getRetirement: (_, { id }) => shelf.snapshot((tx) => retirementView(tx, clock, id)),
    attestCredential: async ({ user }, { id, credential, note }) => {
      await attestCredential(deps, user, { agent: id, credential, note })
      return shelf.snapshot((tx) => retirementView(tx, clock, id))
    },
    getDeparture: (_, { id }) => shelf.snapshot((tx) => departureView(tx, clock, id)),
  }
}
