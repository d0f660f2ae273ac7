import { z } from "zod"
import { administrators } from "./access-groups.ts"
import { ById, Nothing, WithReason } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { post, put } from "./operation-makers.ts"
import { NewPersonInput, RoleInput } from "./people-inputs.ts"

/** A person's one-time way in: the link is shown once. */
export interface InvitationView {
  readonly person: string
  readonly link: string
  readonly expiresAt: string
}

const InvitationView: z.ZodType<InvitationView> = z.object({
  person: z.string(),
  link: z.string(),
  expiresAt: z.string(),
})

/** What administrators do about people. */
export interface PeopleOperations {
  readonly invitePerson: Operation<NewPersonInput, InvitationView>
  readonly inviteAgain: Operation<ById, InvitationView>
  readonly changeRole: Operation<RoleInput, Nothing>
  readonly deactivatePerson: Operation<WithReason, Nothing>
  readonly reactivatePerson: Operation<ById, Nothing>
  readonly erasePerson: Operation<WithReason, Nothing>
}

export const PEOPLE_OPERATIONS: PeopleOperations = {
  invitePerson: post(
    "/people",
    administrators,
    "Brings a person in by a one-time link",
    NewPersonInput,
    InvitationView,
  ),
  inviteAgain: post(
    "/people/:id/invitation",
    administrators,
    "Makes another one-time link for a person who is here",
    ById,
    InvitationView,
  ),
  changeRole: put("/people/:id/role", administrators, "Gives a person another role", RoleInput, Nothing),
  deactivatePerson: post(
    "/people/:id/deactivation",
    administrators,
    "Switches a person off, and ends their sessions",
    WithReason,
    Nothing,
  ),
  reactivatePerson: post(
    "/people/:id/reactivation",
    administrators,
    "Lets a person who was switched off in again",
    ById,
    Nothing,
  ),
  erasePerson: post(
    "/people/:id/erasure",
    administrators,
    "Takes what names a person who is switched off away, for ever; the log stays as it is",
    WithReason,
    Nothing,
  ),
}
