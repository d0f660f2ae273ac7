import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { ById, Nothing } from "./inputs.ts"
import { PersonFilter } from "./list-inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import type { Page } from "./paging.ts"
import { IdentityInput, ManagerInput, SignInSettingsInput } from "./people-inputs.ts"
import { DirectoryPersonView, PersonDetail, SignInSettingsView } from "./views/directory.ts"

/** What the directory knows of people, and what administrators do about it. */
export interface DirectoryOperations {
  readonly listPeople: Operation<PersonFilter, Page<DirectoryPersonView>>
  readonly getPerson: Operation<ById, PersonDetail>
  readonly setManager: Operation<ManagerInput, PersonDetail>
  readonly unbindPerson: Operation<IdentityInput, PersonDetail>
  readonly endSessionsOf: Operation<ById, { readonly ended: number }>
  readonly getSignInSettings: Operation<Nothing, SignInSettingsView>
  readonly putSignInSettings: Operation<SignInSettingsInput, SignInSettingsView>
}

export const DIRECTORY_OPERATIONS: DirectoryOperations = {
  listPeople: list(
    "/people",
    "signed-in",
    "Everybody in the directory, by name",
    PersonFilter,
    DirectoryPersonView,
  ),
  getPerson: get("/people/:id", "signed-in", "One person of the directory", ById, PersonDetail),
  setManager: put(
    "/people/:id/manager",
    administrators,
    "Says whom a person answers to, or that it is nobody",
    ManagerInput,
    PersonDetail,
  ),
  unbindPerson: post(
    "/people/:id/unbinding",
    administrators,
    "Takes back who a person is at an OpenID provider, and ends their sessions",
    IdentityInput,
    PersonDetail,
  ),
  endSessionsOf: post(
    "/people/:id/sessions/ending",
    administrators,
    "Ends every session of a person",
    ById,
    z.object({ ended: z.number() }),
  ),
  getSignInSettings: get(
    "/settings/sign-in",
    readers,
    "Whose addresses let them come in by the OpenID provider without an invitation",
    Nothing,
    SignInSettingsView,
  ),
  putSignInSettings: put(
    "/settings/sign-in",
    administrators,
    "Settles whose addresses let them come in without an invitation",
    SignInSettingsInput,
    SignInSettingsView,
  ),
}
