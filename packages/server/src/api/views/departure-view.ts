import type { DepartureView, PlanStepView } from "@tabard/api"
import { findPerson, gatherEstate, planDeparture, type Transaction } from "@tabard/control"
import { type Clock, isId, type Plan, type PlanStep, type StepWish, type User } from "@tabard/core"
import { type Names, namesOf, peopleIn } from "./names.ts"

/** The stores that what follows as a person leaves is read from. */
type DepartureReads = Parameters<typeof gatherEstate>[1] & Pick<Transaction, "facts" | "plans">

/** The most steps that are shown. */
const SHOWN = 1000

/** A step, done or only meant. */
type Step = StepWish & Partial<Pick<PlanStep, "done">>

/** Shows what follows as a person leaves; of whoever has not left, what would follow now. */
export async function departureView(tx: DepartureReads, clock: Clock, id: string): Promise<DepartureView> {
  const person = await findPerson(tx.users, id)
  const plan = await begun(tx, person)
  const steps: readonly Step[] = plan?.laidAt
    ? await tx.plans.steps(plan.id)
    : planDeparture(await gatherEstate({ clock }, tx, person))
  const shown = steps.slice(0, SHOWN)
  const successor = (await tx.successors.of([person.id])).get(person.id)?.user ?? null
  const names = await namesOf(tx, {
    agents: shown.flatMap(({ agent }) => agent ?? []),
    people: peopleIn([person.id, plan?.startedBy, successor, shown.map((step) => step.with["user"])]),
  })
  return {
    person: names.person(person.id),
    successor: successor && names.person(successor),
    plan: plan ? planView(plan, names) : null,
    steps: shown.map((step) => stepView(step, names)),
    stepsCount: steps.length,
  }
}

/** Whoever is here again has nothing going on: what would follow is of more worth than what was called off. */
async function begun({ plans }: DepartureReads, { id, active }: User): Promise<Plan | undefined> {
  return active ? undefined : plans.latest("departure", id)
}

function planView(plan: Plan, names: Names): NonNullable<DepartureView["plan"]> {
  const { id, startedAt, startedBy, ended } = plan
  return {
    id,
    startedAt: startedAt.toISOString(),
    startedBy: startedBy && names.person(startedBy),
    ended: ended && { how: ended.how, at: ended.at.toISOString() },
  }
}

/** Shows one step of a plan. */
export function stepView(step: Step, names: Names): PlanStepView {
  const { does, to, agent, due, done = null } = step
  const { user, as } = step.with
  return {
    does,
    to,
    agent: agent && names.agent(agent),
    asks: isId("user", user)
      ? { person: names.person(user), as: typeof as === "string" ? as : "asked" }
      : null,
    due: due.toISOString(),
    done: done && { at: done.at.toISOString(), outcome: done.outcome },
  }
}
