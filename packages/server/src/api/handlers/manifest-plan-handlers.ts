import type { ManifestPlanOperations, ManifestPlanView, ManifestsInput } from "@tabard/api"
import { applyPlan, type ManifestPlan, type PlanWish, planManifests } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { manifestPlanView } from "../views/manifest-plan-views.ts"

/** What manifests and documents would change, and putting in force exactly that. */
export function manifestPlanHandlers(services: ApiServices): Pick<Handlers, keyof ManifestPlanOperations> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const shown = (plan: ManifestPlan): Promise<ManifestPlanView> =>
    shelf.snapshot((tx) => manifestPlanView(tx, plan))
  return {
    planManifests: async ({ user }, sent) => shown(await planManifests(deps, user, wishOf(sent))),
    applyManifests: async ({ user }, sent) =>
      shown(await applyPlan(deps, user, { ...wishOf(sent), digest: sent.digest })),
    planPolicies: async ({ user }, { documents, ...sent }) =>
      shown(await planManifests(deps, user, { ...wishOf(sent), documents })),
    applyPolicies: async ({ user }, { documents, ...sent }) =>
      shown(await applyPlan(deps, user, { ...wishOf(sent), documents, digest: sent.digest })),
  }
}

function wishOf({ manifests, repository, prune }: ManifestsInput): PlanWish {
  return {
    drafts: manifests.map(({ agent, manifest, byHand }) => ({ agent, text: manifest, byHand, repository })),
    prune,
  }
}
