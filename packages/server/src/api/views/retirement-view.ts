import type { RetirementView, SettledCredentialView } from "@tabard/api"
import { findAgent, gatherHolding, planRetirement, type Transaction } from "@tabard/control"
import { type Agent, type Clock, type Id, isId, type Settlement } from "@tabard/core"
import { type Names, namesOf, peopleIn } from "./names.ts"
import { planView, type ShownStep, STEPS_SHOWN, stepView } from "./plan-views.ts"

/** The stores that how an agent ends is read from. */
type RetirementReads = Parameters<typeof gatherHolding>[1] &
  Pick<Transaction, "agents" | "facts" | "outbox" | "plans" | "settlements" | "users">

/** Shows how an agent ends; of one that is not being retired, how it would end now. */
export async function retirementView(tx: RetirementReads, clock: Clock, id: string): Promise<RetirementView> {
  const agent = await findAgent(tx.agents, id)
  const plan = await tx.plans.latest("retirement", agent.id)
  const steps: readonly ShownStep[] = plan
    ? await tx.plans.steps(plan.id)
    : planRetirement(await gatherHolding({ clock }, tx, agent))
  const settled = await tx.settlements.of(agent.id)
  const people = peopleIn([plan?.startedBy, settled.map(({ by }) => by)])
  const names = await namesOf(tx, { agents: [agent.id], people })
  return {
    agent: names.agent(agent.id),
    plan: plan ? planView(plan, names) : null,
    steps: steps.slice(0, STEPS_SHOWN).map((step) => stepView(step, names)),
    stepsCount: steps.length,
    credentials: await credentials(tx, { agent, steps, settled, names }),
    certificate: await certificateOf(tx, agent),
  }
}

async function certificateOf({ outbox }: RetirementReads, { id, state }: Agent): Promise<string | null> {
  if (state !== "retired") return null
  const [retired] = await outbox.list({ agent: id, type: "agent.retired", limit: 1 })
  return retired?.id ?? null
}

interface Known {
  readonly agent: Agent
  readonly steps: readonly ShownStep[]
  readonly settled: readonly Settlement[]
  readonly names: Names
}

/** What the steps try or wait for, ours first. */
async function credentials(
  tx: RetirementReads,
  { agent, steps, settled, names }: Known,
): Promise<readonly SettledCredentialView[]> {
  const words = new Map<string, Settlement>(settled.map((one) => [one.credential, one]))
  const show = (id: string): SettledCredentialView["settled"] => settledView(words.get(id), names)
  const to = (does: string): readonly string[] => steps.flatMap((step) => (step.does === does ? step.to : []))
  const own = new Set(to("probe-key"))
  const instances = (await tx.instances.of(agent.id)).filter(({ id }) => own.has(id))
  const others = to("settle-credential").filter((id): id is Id<"credential"> => isId("credential", id))
  const gone = await tx.observations.vanished(others)
  const seen = await tx.observations.findCredentials(others)
  return [
    ...instances.map(({ id, kind, label }) => ({
      id,
      ours: true,
      kind,
      provider: null,
      locations: [label],
      gone: true,
      settled: show(id),
    })),
    ...seen.map(({ id, kind, provider, locations }) => ({
      id,
      ours: false,
      kind,
      provider,
      locations,
      gone: gone.has(id),
      settled: show(id),
    })),
  ]
}

function settledView(one: Settlement | undefined, names: Names): SettledCredentialView["settled"] {
  if (!one) return null
  const { how, by, outcome, at } = one
  return { how, by: by && names.person(by), refused: outcome, at: at.toISOString() }
}
