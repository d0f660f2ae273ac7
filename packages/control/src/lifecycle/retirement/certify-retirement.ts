import {
  type Agent,
  type CertifiedCredential,
  type Credential,
  type Instance,
  isId,
  type JsonObject,
  type Plan,
  type PlanStep,
  type RetirementCertificate,
  type Settlement,
} from "@tabard/core"
import type { RecordContext } from "../../audit/event/audit-event.ts"
import { plainJson } from "../../audit/event/plain-texts.ts"
import { recordEvent } from "../../audit/event/record-event.ts"
import { refreshFindings } from "../../findings/refresh-findings.ts"
import { spiffeId } from "../../tokens/token-claims.ts"
import type { Transaction } from "../../transaction.ts"
import { move } from "../move-agent.ts"
import type { StepCome } from "../plans/run-plan.ts"
import type { RetirementDeps } from "./retirement-deps.ts"
import type { RetiringStep } from "./retirement-work.ts"

/** A certificate as it is to be recorded; `body` is what was signed. */
interface Signed {
  readonly body: RetirementCertificate
  readonly jws: string
}

/** How soon it is tried again where something is not settled yet, or another process signs. */
const AGAIN_MS = 60_000

/** The most credentials that a certificate names: an event has room for no more. */
const MOST_NAMED = 100

/**
 * Signs what is certified of an agent whose every other step is done. Answers undefined where one is not, and where this
 * process does not play the issuer.
 */
export async function prepareCertificate(deps: RetirementDeps, plan: Plan): Promise<Signed | undefined> {
  const { certifier, snapshot, clock } = deps
  if (!certifier) return undefined
  const told = await snapshot((tx) => whatIsCertified(deps, tx, plan))
  if (!told) return undefined
  const iat = Math.floor(clock.now().getTime() / 1000)
  const body: RetirementCertificate = { iss: certifier.issuer, ...told, iat }
  return { body, jws: await certifier.certify(body) }
}

/**
 * Ends an agent for ever, with its certificate as the event that says so: what was signed is still what is kept, or it
 * is signed anew.
 */
export async function certifyRetired(
  deps: RecordContext,
  tx: Transaction,
  step: RetiringStep,
): Promise<StepCome> {
  const { retiring, actor, of, found } = step
  const later: StepCome = { notBefore: new Date(deps.clock.now().getTime() + AGAIN_MS) }
  if (!isSigned(found)) return later
  const { iss: _, iat: __, ...signed } = found.body
  if (JSON.stringify(await whatIsCertified(deps, tx, of)) !== JSON.stringify(signed)) return later
  await move(tx, retiring, "finish")
  await tx.organisation.bumpVersion()
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an interface of JSON members lacks the index signature
  const certificate = found.body as unknown as JsonObject
  const common = { actor, agent: retiring.id, owner: retiring.owner }
  const data = { certificate, jws: found.jws }
  await recordEvent(deps, tx.outbox, { ...common, type: "agent.retired", data })
  await refreshFindings(deps, tx, [retiring.id])
  return { outcome: "certified" }
}

type Told = Omit<RetirementCertificate, "iss" | "iat">

/** Answers what can be certified now, or undefined while a step is not done. */
async function whatIsCertified(
  { organisation }: RecordContext,
  tx: Transaction,
  plan: Plan,
): Promise<Told | undefined> {
  const agent = isId("agent", plan.subject) ? await tx.agents.find(plan.subject) : undefined
  const steps = (await tx.plans.steps(plan.id)).filter(({ does }) => does !== "certify")
  if (!agent || steps.some(({ done }) => done === null)) return undefined
  const settled = await tx.settlements.of(agent.id)
  const credentials = await certified(tx, agent, settled)
  return {
    sub: spiffeId(organisation.trustDomain, agent.id),
    jti: plan.id,
    organisation: organisation.id,
    agent: agent.id,
    owner: agent.owner,
    begun: { at: plan.startedAt.toISOString(), by: plan.startedBy },
    ended: countedBy(steps),
    credentials: credentials.slice(0, MOST_NAMED),
    moreCredentials: Math.max(0, credentials.length - MOST_NAMED),
    exceptedBy: [...new Set(settled.flatMap(({ how, by }) => (how === "excepted" && by ? [by] : [])))],
  }
}

async function certified(
  { instances, observations }: Transaction,
  { id }: Agent,
  settled: readonly Settlement[],
): Promise<readonly CertifiedCredential[]> {
  const ours = new Map<string, Instance>((await instances.of(id)).map((one) => [one.id, one]))
  const others = settled.flatMap(({ credential }) => (isId("credential", credential) ? [credential] : []))
  const seen = new Map<string, Credential>(
    (await observations.findCredentials(others)).map((one) => [one.id, one]),
  )
  return settled.map(({ credential, how, by, outcome, at }) => {
    const [own, other] = [ours.get(credential), seen.get(credential)]
    return {
      id: credential,
      kind: own ? KINDS[own.kind] : plain(other?.kind ?? "unknown"),
      provider: other?.provider ? plain(other.provider) : null,
      how,
      by,
      refused: outcome,
      at: at.toISOString(),
    }
  })
}

/** What a scan called it is a stranger's word: it is signed as the event will hold it. */
function plain(text: string): string {
  const told = plainJson(text)
  return typeof told === "string" ? told : "unknown"
}

const KINDS: Readonly<Record<Instance["kind"], string>> = {
  key: "enrolled-key",
  federated: "trust-rule",
  client: "signed-in-client",
}

function countedBy(steps: readonly PlanStep[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    [...Map.groupBy(steps, ({ does }) => does)].map(([does, all]) => [does, all.length]),
  )
}

function isSigned(found: unknown): found is Signed {
  return typeof found === "object" && found !== null && "jws" in found && "body" in found
}
