import type { DepartureView } from "@tabard/api"
import { findPerson, gatherEstate, planDeparture, type Transaction } from "@tabard/control"
import type { Clock, Plan, User } from "@tabard/core"
import { namesOf, peopleIn } from "./names.ts"
import { planView, type ShownStep, STEPS_SHOWN, stepView } from "./plan-views.ts"

/** The stores that what follows as a person leaves is read from. */
type DepartureReads = Parameters<typeof gatherEstate>[1] & Pick<Transaction, "facts" | "plans">

/** Shows what follows as a person leaves; of whoever has not left, what would follow now. */
export async function departureView(tx: DepartureReads, clock: Clock, id: string): Promise<DepartureView> {
  const person = await findPerson(tx.users, id)
  const plan = await begun(tx, person)
  const steps: readonly ShownStep[] = plan?.laidAt
    ? await tx.plans.steps(plan.id)
    : planDeparture(await gatherEstate({ clock }, tx, person))
  const shown = steps.slice(0, STEPS_SHOWN)
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
