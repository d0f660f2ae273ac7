import { z } from "zod"
import { administrators, readers, stewards } from "./access-groups.ts"
import { ById, Nothing, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import { PAGED, type Page, Paged, type PageQuery } from "./paging.ts"
import {
  ApplicationEntity,
  ApplicationSummary,
  ApplicationVersionView,
  ApplicationView,
  EnforcementPointView,
} from "./views/application.ts"

/** What an application may be called: it stands in addresses. */
const name: z.ZodType<string> = z
  .string()
  .max(40)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, "small letters, digits and hyphens alone")

/** The largest text of a schema or of policies, in characters. */
const MOST_TEXT = 512 * 1024

/** The largest body of an application, in bytes: 10,000 entities of some size. */
const MOST_BODY = 4 * 1024 * 1024

/** Of which application, and which page. */
export interface OfApplication extends PageQuery {
  readonly id: string
}
export const OfApplication: z.ZodType<OfApplication> = z.strictObject({ ...PAGED, id: z.string().max(80) })

/** An application as it is to be; what is left out stays as it is. */
export interface ApplicationInput {
  readonly name: string
  readonly schema?: string | undefined
  readonly policies?: string | undefined
  readonly entities?: readonly ApplicationEntity[] | undefined
  readonly recorded?: boolean | undefined
}
export const ApplicationInput: z.ZodType<ApplicationInput> = z.strictObject({
  name,
  schema: z.string().max(MOST_TEXT).optional(),
  policies: z.string().max(MOST_TEXT).optional(),
  entities: z.array(ApplicationEntity).max(10_000).optional(),
  recorded: z.boolean().optional(),
})

const KINDS = ["gateway", "forward-auth", "hook", "token-endpoint", "ci"] as const
const ASSERTS = ["network", "posture", "provenance", "resolved-path"] as const

/** An enforcement point to register. */
export interface EnforcementPointInput {
  readonly name: string
  readonly kind: (typeof KINDS)[number]
  /** The id of an API token that was made with the scope `access:ask`. */
  readonly apiToken: string
  readonly applications: readonly string[]
  /** The agents that it may name, or `*`; none where nobody says. */
  readonly subjects?: readonly string[] | undefined
  /** What it sees itself and may state about a call of an agent; nothing where nobody says. */
  readonly asserts?: readonly (typeof ASSERTS)[number][] | undefined
  readonly recorded?: boolean | undefined
}
export const EnforcementPointInput: z.ZodType<EnforcementPointInput> = z.strictObject({
  name: z.string().trim().min(1).max(100),
  kind: z.enum(KINDS),
  apiToken: z.string().max(80),
  applications: z.array(name).min(1).max(100),
  subjects: z.array(z.string().max(80)).max(1000).optional(),
  asserts: z.array(z.enum(ASSERTS)).max(ASSERTS.length).optional(),
  recorded: z.boolean().optional(),
})

/** The applications of the decision point, and who may ask it. */
export interface ApplicationOperations {
  readonly listApplications: Operation<PageQuery, Page<ApplicationSummary>>
  readonly getApplication: Operation<ById, ApplicationView>
  readonly listApplicationEntities: Operation<OfApplication, Page<ApplicationEntity>>
  readonly listApplicationVersions: Operation<OfApplication, Page<ApplicationVersionView>>
  readonly putApplication: Operation<ApplicationInput, ApplicationView>
  readonly removeApplication: Operation<WithReason, Nothing>
  readonly listEnforcementPoints: Operation<PageQuery, Page<EnforcementPointView>>
  readonly registerEnforcementPoint: Operation<EnforcementPointInput, EnforcementPointView>
  readonly removeEnforcementPoint: Operation<WithReason, Nothing>
}

export const APPLICATION_OPERATIONS: ApplicationOperations = {
  listApplications: list(
    "/applications",
    readers,
    "The applications of the decision point",
    Paged,
    ApplicationSummary,
  ),
  getApplication: get("/applications/:id", readers, "One application, by its name", ById, ApplicationView),
  listApplicationEntities: list(
    "/applications/:id/entities",
    readers,
    "What an application knows",
    OfApplication,
    ApplicationEntity,
  ),
  listApplicationVersions: list(
    "/applications/:id/versions",
    readers,
    "Every version of an application, the newest first",
    OfApplication,
    ApplicationVersionView,
  ),
  putApplication: {
    ...post(
      "/applications",
      stewards,
      "Puts an application in force; what is left out stays as it is",
      ApplicationInput,
      ApplicationView,
    ),
    maxBody: MOST_BODY,
  },
  removeApplication: post(
    "/applications/:id/removal",
    stewards,
    "Takes an application out of force",
    WithReason,
    Nothing,
  ),
  listEnforcementPoints: list(
    "/enforcement-points",
    readers,
    "Who may ask the decision point over the network",
    Paged,
    EnforcementPointView,
  ),
  registerEnforcementPoint: post(
    "/enforcement-points",
    administrators,
    "Lets whoever holds an API token ask the decision point",
    EnforcementPointInput,
    EnforcementPointView,
  ),
  removeEnforcementPoint: post(
    "/enforcement-points/:id/removal",
    administrators,
    "Ends an enforcement point",
    WithReason,
    Nothing,
  ),
}
