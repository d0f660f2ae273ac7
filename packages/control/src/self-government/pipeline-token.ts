import { type Clock, type Id, isId, newId } from "@tabard/core"
import type { Transaction } from "../transaction.ts"
import type { GovernmentNode, Hand } from "./government-node.ts"
import { MANIFEST_REPOSITORY } from "./keepers-of.ts"
import { isKeptPlace, type KeptPlace, repositoryIn } from "./kept-place.ts"

/** Where the manifests that an act puts in force are kept, as far as it says so. */
export interface KeptManifests {
  readonly repository: string | undefined
}

/**
 * Answers what keeps that which a machine puts in force: the repository that it names, those that are known of the agents
 * that it is about, and what stands for all of them. Nobody looks at what a pipeline applies, so whoever writes there says
 * what comes in force; a person at their command line has seen the plan.
 */
export async function keepersOf(
  { facts }: Pick<Transaction, "facts">,
  act: {
    readonly actor: Hand
    readonly changed: readonly GovernmentNode[]
    readonly kept: KeptManifests
  },
): Promise<readonly GovernmentNode[]> {
  if (!isId("apiToken", act.actor)) return []
  const known = await facts.of(act.changed.filter((node) => isId("agent", node)))
  const places = known.flatMap(({ name, value }) =>
    name === MANIFEST_REPOSITORY && typeof value === "string" && isKeptPlace(value) ? [value] : [],
  )
  return [...new Set<GovernmentNode>([...placesOf(act.kept), ...places, "manifests", "pipeline"])]
}

/**
 * Keeps that a repository's pipeline has a token in its hands, from the first time that it put in force by it what is kept
 * there: whoever can change the repository can have its pipeline ask for anything.
 */
export async function keepPipeline(
  clock: Clock,
  { reaches }: Pick<Transaction, "reaches">,
  {
    actor,
    caller,
    kept,
  }: { readonly actor: Hand; readonly caller: Id<"user">; readonly kept: KeptManifests },
): Promise<void> {
  if (!isId("apiToken", actor)) return
  const declaredAt = clock.now()
  await reaches.declareAll(
    placesOf(kept).map((holder) => ({
      id: newId("reach", clock),
      holder,
      to: actor,
      declaredBy: caller,
      declaredAt,
    })),
  )
}

function placesOf({ repository }: KeptManifests): readonly KeptPlace[] {
  const place = repository === undefined ? undefined : repositoryIn(repository)
  return place ? [place] : []
}
