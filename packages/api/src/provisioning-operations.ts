import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { PersonDetail } from "./views/directory.ts"

/** Where a directory provisions people over SCIM, and what it keeps here. */
export interface ProvisioningView {
  /** The address that the directory is told. */
  readonly address: string
  /** How many people it keeps. */
  readonly people: number
  /** How many of those it has switched off. */
  readonly switchedOff: number
  /** How many teams it keeps. */
  readonly teams: number
}
export const ProvisioningView: z.ZodType<ProvisioningView> = z.object({
  address: z.string(),
  people: z.number(),
  switchedOff: z.number(),
  teams: z.number(),
})

/** What people see and do of what a directory keeps over SCIM. */
export interface ProvisioningOperations {
  readonly getProvisioning: Operation<Nothing, ProvisioningView>
  readonly releasePerson: Operation<ById, PersonDetail>
}

export const PROVISIONING_OPERATIONS: ProvisioningOperations = {
  getProvisioning: get(
    "/provisioning",
    readers,
    "Where a directory provisions people over SCIM, and how many it keeps",
    Nothing,
    ProvisioningView,
  ),
  releasePerson: post(
    "/people/:id/release",
    administrators,
    "Keeps a person here again whom SCIM kept, until their directory speaks of them next",
    ById,
    PersonDetail,
  ),
}
