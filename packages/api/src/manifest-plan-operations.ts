import { z } from "zod"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import { ManifestPlanView } from "./views/manifest-plan.ts"

/** As many manifests of the longest as one plan may hold, and what is around them. */
const MOST_BODY = 4 * 1024 * 1024

const MOST_MANIFESTS = 50

/** Manifests, each with the id of the agent that it is for. */
export interface ManifestsInput {
  readonly manifests: readonly { readonly agent: string; readonly manifest: string }[]
  /** The repository that they are kept in, as `github.com/acme/agents`; null where they are in none any more. */
  readonly repository?: string | null | undefined
}

const repository: z.ZodType<ManifestsInput["repository"]> = z.string().min(1).max(300).nullable().optional()

const manifests: z.ZodType<ManifestsInput["manifests"]> = z
  .array(
    z.strictObject({
      agent: z.string().max(80),
      manifest: z
        .string()
        .min(1)
        .max(64 * 1024),
    }),
  )
  .min(1)
  .max(MOST_MANIFESTS)

const ManifestsInput: z.ZodType<ManifestsInput> = z.strictObject({ manifests, repository })

/** Manifests as they were planned, and the digest of that plan. */
export interface PlannedManifestsInput extends ManifestsInput {
  readonly digest: string
}

const PlannedManifestsInput: z.ZodType<PlannedManifestsInput> = z.strictObject({
  manifests,
  repository,
  digest: z.string().min(1).max(100),
})

/** What manifests would change, and putting in force exactly that. */
export interface ManifestPlanOperations {
  readonly planManifests: Operation<ManifestsInput, ManifestPlanView>
  readonly applyManifests: Operation<PlannedManifestsInput, ManifestPlanView>
}

export const MANIFEST_PLAN_OPERATIONS: ManifestPlanOperations = {
  planManifests: {
    ...post(
      "/manifests/plan",
      "signed-in",
      "Says what manifests would change of what their agents may do, and what follows; it keeps nothing",
      ManifestsInput,
      ManifestPlanView,
    ),
    maxBody: MOST_BODY,
  },
  applyManifests: {
    ...post(
      "/manifests/apply",
      "signed-in",
      "Puts planned manifests in force, all or none, where the plan is still what was seen",
      PlannedManifestsInput,
      ManifestPlanView,
    ),
    maxBody: MOST_BODY,
  },
}
