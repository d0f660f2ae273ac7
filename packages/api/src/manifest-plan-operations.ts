import { z } from "zod"
import { stewards } from "./access-groups.ts"
import type { Operation } from "./operation.ts"
import { post } from "./operation-makers.ts"
import { ManifestPlanView } from "./views/manifest-plan.ts"

/** As many manifests of the longest as one plan may hold, with what is by hand and documents, and what is around them. */
const MOST_BODY = 16 * 1024 * 1024

const MOST_MANIFESTS = 50
const MOST_DOCUMENTS = 200
const MOST_CHARACTERS = 262_144

/** A manifest, and the id of the agent that it is for. */
export interface SentManifest {
  readonly agent: string
  readonly manifest: string
  /** What is written by hand beside it; null where no file of that lies there. Unsaid, it stays as it is. */
  readonly byHand?: string | null | undefined
}

const sent: z.ZodType<SentManifest> = z.strictObject({
  agent: z.string().max(80),
  manifest: z
    .string()
    .min(1)
    .max(64 * 1024),
  byHand: z.string().max(MOST_CHARACTERS).nullish(),
})

/** Manifests, each with the id of the agent that it is for. */
export interface ManifestsInput {
  readonly manifests: readonly SentManifest[]
  /** The repository that they are kept in, as `github.com/acme/agents`; null where they are in none any more. */
  readonly repository?: string | null | undefined
  /** Whether what is in force and lies in no file is taken away. */
  readonly prune?: boolean | undefined
}

const repository: z.ZodType<ManifestsInput["repository"]> = z.string().min(1).max(300).nullable().optional()
const prune: z.ZodType<boolean | undefined> = z.boolean().optional()
const manifests: z.ZodType<readonly SentManifest[]> = z.array(sent).min(1).max(MOST_MANIFESTS)
const ManifestsInput: z.ZodType<ManifestsInput> = z.strictObject({ manifests, repository, prune })

/** Manifests as they were planned, and the digest of that plan. */
export interface PlannedManifestsInput extends ManifestsInput {
  readonly digest: string
}

const digest = z.string().min(1).max(100)
const PlannedManifestsInput: z.ZodType<PlannedManifestsInput> = z.strictObject({
  manifests,
  repository,
  prune,
  digest,
})

/** A document of the organisation's as it is to be. */
export interface SentDocument {
  readonly kind: "guard" | "offered" | "tier" | "set"
  readonly subject: string
  readonly source: string
}

/** Everything that is to be in force: documents of the organisation's own, and manifests. */
export interface PoliciesInput extends ManifestsInput {
  readonly documents: readonly SentDocument[]
}

const everything = {
  manifests: z.array(sent).max(MOST_MANIFESTS),
  documents: z
    .array(
      z.strictObject({
        kind: z.enum(["guard", "offered", "tier", "set"]),
        subject: z.string().min(1).max(80),
        source: z.string().max(1_100_000),
      }),
    )
    .max(MOST_DOCUMENTS),
  repository,
  prune,
}

const PoliciesInput: z.ZodType<PoliciesInput> = z.strictObject(everything)

/** Everything as it was planned, and the digest of that plan. */
export interface PlannedPoliciesInput extends PoliciesInput {
  readonly digest: string
}

const PlannedPoliciesInput: z.ZodType<PlannedPoliciesInput> = z.strictObject({ ...everything, digest })

/** What manifests and documents would change, and putting in force exactly that. */
export interface ManifestPlanOperations {
  readonly planManifests: Operation<ManifestsInput, ManifestPlanView>
  readonly applyManifests: Operation<PlannedManifestsInput, ManifestPlanView>
  readonly planPolicies: Operation<PoliciesInput, ManifestPlanView>
  readonly applyPolicies: Operation<PlannedPoliciesInput, ManifestPlanView>
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
  planPolicies: {
    ...post(
      "/policies/plan",
      stewards,
      "Says what the organisation's own documents, with manifests, would change, and what follows; it keeps nothing",
      PoliciesInput,
      ManifestPlanView,
    ),
    maxBody: MOST_BODY,
  },
  applyPolicies: {
    ...post(
      "/policies/apply",
      stewards,
      "Puts planned documents and manifests in force, all or none, where the plan is still what was seen",
      PlannedPoliciesInput,
      ManifestPlanView,
    ),
    maxBody: MOST_BODY,
  },
}
