import type { ManifestPlanOperations, ManifestPlanView, ManifestsInput } from "@tabard/api"
import { applyPlan, type ManifestDraft, type ManifestPlan, planManifests } from "@tabard/control"
import type { Handlers } from "../handler.ts"
import { type ApiServices, recordContext } from "../services.ts"
import { manifestPlanView } from "../views/manifest-plan-views.ts"

/** What manifests would change, and putting in force exactly that. */
export function manifestPlanHandlers(services: ApiServices): Pick<Handlers, keyof ManifestPlanOperations> {
  const { shelf } = services
  const deps = { ...recordContext(services), transact: shelf.transact }
  const shown = (plan: ManifestPlan): Promise<ManifestPlanView> =>
    shelf.snapshot((tx) => manifestPlanView(tx, plan))
  return {
    planManifests: async ({ user }, sent) => shown(await planManifests(deps, user, draftsOf(sent))),
    applyManifests: async ({ user }, sent) =>
      shown(await applyPlan(deps, user, { drafts: draftsOf(sent), digest: sent.digest })),
  }
}

function draftsOf({ manifests, repository }: ManifestsInput): readonly ManifestDraft[] {
  return manifests.map(({ agent, manifest }) => ({ agent, text: manifest, repository }))
}
