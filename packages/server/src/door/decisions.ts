import {
  checkToken,
  type EnforcementPoint,
  enforceCall,
  finishCall,
  TokenRefused,
  visibleTools,
} from "@tabard/control"
import type { GatewayDecisions } from "../gateway/ports.ts"
import type { OpenOrganisation } from "../organisation/open-organisation.ts"

/** The decision point as the gateway asks it, as the door that it is registered as. */
export function gatewayDecisions(open: OpenOrganisation, point: EnforcementPoint): GatewayDecisions {
  const { organisation, clock, policies, shelf, recordWatch } = open
  const context = { organisation, clock, door: "gateway" } as const
  const deps = { ...context, policies, point, record: recordWatch, ...shelf }
  return {
    enforce: (attempt) => enforceCall(deps, attempt),
    visibleTools: (caller, server) => visibleTools(deps, caller, server),
    stands: async (caller) => {
      try {
        await checkToken({ snapshot: shelf.snapshot, clock }, caller)
        return true
      } catch (error) {
        if (error instanceof TokenRefused) return false
        throw error
      }
    },
    reviewed: async (server, tool) => {
      const pinned = await shelf.snapshot(({ servers }) => servers.pinned(server.id))
      return pinned.find(({ name }) => name === tool)
    },
    finished: (call, outcome) => finishCall(deps, call, outcome),
  }
}
