import type { AgentDetail, WithReason } from "@tabard/api"
import {
  activateAgent,
  adoptAgent,
  dismissAgent,
  enrolKey,
  enrolmentCodeHash,
  findAgent,
  offerEnrolment,
  putManifest,
  resumeAgent,
  retireAgent,
  signRetirement,
  suspendAgent,
} from "@tabard/control"
import { shadowSince } from "@tabard/core"
import { verifyEnrolmentProof } from "../../oauth/enrolment-proof.ts"
import { askedId } from "../asked-id.ts"
import type { Handlers, SignedIn } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { agentSummaries } from "../views/agent-summaries.ts"

type Names =
  | "listAgents"
  | "getAgent"
  | "adoptAgent"
  | "activateAgent"
  | "putManifest"
  | "offerEnrolment"
  | "suspendAgent"
  | "resumeAgent"
  | "retireAgent"
  | "signRetirement"
  | "dismissAgent"
  | "enrol"

/** How many agents a page holds where nobody says. */
const PAGE = 1000

/** The inventory, and what people do about an agent. */
export function agentHandlers(services: ApiServices): Pick<Handlers, Names> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  const detail = (id: string): Promise<AgentDetail> => readDetail(services, id)
  const acting =
    (act: typeof retireAgent) =>
    async ({ user }: SignedIn, { id, reason }: WithReason): Promise<AgentDetail> => {
      await act(deps, user, { agent: id, reason })
      return detail(id)
    }
  return {
    listAgents: async (_, filter) => listAgents(services, filter),
    getAgent: async (_, { id }) => detail(id),
    adoptAgent: async ({ user }, { id, expiresAt, ...adoption }) => {
      await adoptAgent(deps, user, { ...adoption, agent: id, expiresAt: new Date(expiresAt) })
      return detail(id)
    },
    activateAgent: async ({ user }, { id }) => {
      await activateAgent(deps, user, id)
      return detail(id)
    },
    putManifest: async ({ user }, { id, manifest }) => {
      await putManifest(deps, user, { agent: id, text: manifest })
      return detail(id)
    },
    suspendAgent: acting(suspendAgent),
    resumeAgent: acting(resumeAgent),
    retireAgent: acting(retireAgent),
    signRetirement: acting(signRetirement),
    dismissAgent: acting(dismissAgent),
    ...enrolmentHandlers(services),
  }
}

async function listAgents(
  { shelf, clock }: ApiServices,
  { state, owner, orphaned, shadow, vanished, after, limit = PAGE }: Parameters<Handlers["listAgents"]>[1],
): ReturnType<Handlers["listAgents"]> {
  const [ownedBy, behind] = [askedId("user", "owner", owner), askedId("agent", "after", after)]
  return shelf.snapshot(async (tx) => {
    const now = clock.now()
    const { graceDays } = await tx.organisation.settings()
    const agents = await tx.agents.list({
      limit,
      ...(state && { state }),
      ...(ownedBy && { owner: ownedBy }),
      ...(orphaned !== undefined && { orphaned }),
      ...(vanished !== undefined && { vanished }),
      ...(shadow && { discoveredBy: shadowSince(graceDays, now) }),
      ...(behind && { after: behind }),
    })
    const next = agents.length === limit ? (agents.at(-1)?.id ?? null) : null
    return { items: await agentSummaries(tx, agents, now), next }
  })
}

function enrolmentHandlers(services: ApiServices): Pick<Handlers, "offerEnrolment" | "enrol"> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    offerEnrolment: async ({ user }, { id }) => {
      const agent = await services.shelf.snapshot(({ agents }) => findAgent(agents, id))
      const { code, expiresAt } = await offerEnrolment(deps, user.id, agent.id)
      return { code, expiresAt: expiresAt.toISOString() }
    },
    enrol: async (_, { code, label, proof }) => {
      const origin = services.publicUrl
      const key = await verifyEnrolmentProof(proof, { code, origin, now: services.clock.now() })
      const instance = await enrolKey(deps, { ...key, label, codeHash: enrolmentCodeHash(code) })
      return { instance: instance.id, agent: instance.agent, ...services.issuer }
    },
  }
}
