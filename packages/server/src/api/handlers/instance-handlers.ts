import { revokeAgentToken, revokeInstance, rotateKey } from "@tabard/control"
import { isId, Problem } from "@tabard/core"
import { verifyRotationProof } from "../../oauth/rotation-proof.ts"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { instanceView } from "../views/instance-view.ts"

/** How long both keys of a rotation work where nothing is said. */
const OVERLAP_SECONDS = 600

/** What people and machines do about single installs. */
export function instanceHandlers(
  services: ApiServices,
): Pick<Handlers, "revokeInstance" | "revokeToken" | "rotateKey"> {
  const { shelf, clock, publicUrl } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  return {
    revokeInstance: async ({ user }, { id, instance, reason }) => {
      await revokeInstance(deps, user, { agent: id, instance, reason })
      return readDetail(services, id)
    },
    revokeToken: async ({ user }, { id, jti, reason }) => {
      await revokeAgentToken(deps, user, { agent: id, jti, reason })
      return readDetail(services, id)
    },
    rotateKey: async (_, { instance, proof, keyStorage, overlapSeconds = OVERLAP_SECONDS }) => {
      const checks = { instance, origin: publicUrl, now: clock.now() }
      const { from, to } = await verifyRotationProof(proof, checks)
      if (!isId("instance", instance)) throw new Problem("enrolment_invalid", "This is no instance.")
      const asked = { instance, from: from.thumbprint, to, keyStorage, overlapSeconds }
      return instanceView(await rotateKey(deps, asked), clock.now())
    },
  }
}
