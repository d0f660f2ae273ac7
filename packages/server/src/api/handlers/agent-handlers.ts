import type { AgentDetail, AgentFilter, WithReason } from "@tabard/api"
import {
  type AgentQuery,
  activateAgent,
  adoptAgent,
  checkAgentManifest,
  dismissAgent,
  enrolKey,
  enrolmentCodeHash,
  findAgent,
  offerEnrolment,
  putManifest,
  quarantineAgent,
  type RetirementDeps,
  resumeAgent,
  retireAgent,
  signException,
  suspendAgent,
} from "@tabard/control"
import { shadowSince, type User } from "@tabard/core"
import { verifyEnrolmentProof } from "../../oauth/enrolment-proof.ts"
import { askedId } from "../asked-id.ts"
import { assertInPerson } from "../assert-in-person.ts"
import { given } from "../given.ts"
import type { Handlers, SignedIn } from "../handler.ts"
import { byId, pageOf } from "../pages.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { readDetail } from "../views/agent-detail.ts"
import { agentSummaries } from "../views/agent-summaries.ts"
import { riskLines } from "../views/risk-lines.ts"

type Names =
  | "listAgents"
  | "getRiskLines"
  | "getAgent"
  | "adoptAgent"
  | "activateAgent"
  | "putManifest"
  | "checkManifest"
  | "offerEnrolment"
  | "suspendAgent"
  | "quarantineAgent"
  | "resumeAgent"
  | "retireAgent"
  | "signRetirement"
  | "dismissAgent"
  | "enrol"

/** The inventory, and what people do about an agent. */
export function agentHandlers(services: ApiServices): Pick<Handlers, Names> {
  const { shelf, certifier, onFault } = services
  const deps = { ...recordContext(services), ...shelf, certifier, onFault }
  const detail = (id: string): Promise<AgentDetail> => readDetail(services, id)
  const acting =
    (act: (deps: RetirementDeps, by: User, change: { agent: string; reason: string }) => Promise<unknown>) =>
    async ({ user }: SignedIn, { id, reason }: WithReason): Promise<AgentDetail> => {
      await act(deps, user, { agent: id, reason })
      return detail(id)
    }
  return {
    listAgents: async (_, filter) => listAgents(services, filter),
    getRiskLines: (_, { agents = [] }) =>
      services.shelf.snapshot((tx) => riskLines(tx, agents, services.clock.now())),
    getAgent: async (_, { id }) => detail(id),
    adoptAgent: async ({ user }, { id, expiresAt, ...adoption }) => {
      await adoptAgent(deps, user, { ...adoption, agent: id, expiresAt: new Date(expiresAt) })
      return detail(id)
    },
    activateAgent: async ({ user }, { id }) => {
      await activateAgent(deps, user, id)
      return detail(id)
    },
    putManifest: async ({ user }, { id, manifest, repository }) => {
      await putManifest(deps, user, { agent: id, text: manifest, repository })
      return detail(id)
    },
    checkManifest: ({ user }, { id, manifest }) =>
      checkAgentManifest(deps, user, { agent: id, text: manifest }),
    suspendAgent: acting(suspendAgent),
    quarantineAgent: acting(quarantineAgent),
    resumeAgent: acting(resumeAgent),
    retireAgent: acting(retireAgent),
    signRetirement: acting(signException),
    dismissAgent: acting(dismissAgent),
    ...enrolmentHandlers(services),
  }
}

const AGENTS = byId("agents", "agent")

async function listAgents(
  { shelf, clock }: ApiServices,
  filter: AgentFilter,
): ReturnType<Handlers["listAgents"]> {
  const now = clock.now()
  return shelf.snapshot(async (tx) => {
    const { graceDays } = await tx.organisation.settings()
    const wanted = wantedAgents(filter, shadowSince(graceDays, now))
    const { items, next } = await pageOf(AGENTS, filter, (from) => tx.agents.list({ ...wanted, ...from }))
    return { items: await agentSummaries(tx, items, now), next }
  })
}

function wantedAgents(
  { owner, shadow, state, orphaned, vanished, ...described }: AgentFilter,
  foundBy: Date,
): Omit<AgentQuery, "after" | "limit"> {
  const ownedBy = askedId("user", "owner", owner)
  const { category, tier, band } = described
  const standing = { state, orphaned, vanished, discoveredBy: shadow && foundBy }
  return given({ ...standing, owner: ownedBy, category, tier, band })
}

function enrolmentHandlers(services: ApiServices): Pick<Handlers, "offerEnrolment" | "enrol"> {
  const deps = { ...recordContext(services), transact: services.shelf.transact }
  return {
    offerEnrolment: async (context, { id }) => {
      assertInPerson(context)
      const agent = await services.shelf.snapshot(({ agents }) => findAgent(agents, id))
      const { code, expiresAt } = await offerEnrolment(deps, context.user.id, agent.id)
      return { code, expiresAt: expiresAt.toISOString() }
    },
    enrol: async (_, { code, label, proof, keyStorage }) => {
      const origin = services.publicUrl
      const key = await verifyEnrolmentProof(proof, { code, origin, now: services.clock.now() })
      const instance = await enrolKey(deps, { ...key, label, keyStorage, codeHash: enrolmentCodeHash(code) })
      return { instance: instance.id, agent: instance.agent, ...services.issuer }
    },
  }
}
