import type {
  IdentityInput,
  InvitationView,
  ManagerInput,
  NewPersonInput,
  PeopleFile,
  PeopleImport,
  PeopleReport,
  RoleInput,
  WithReason,
} from "@tabard/api"
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"

/** Brings a person in; the answer holds their link, which is shown once. */
export function useInvite(): UseMutationResult<InvitationView, Error, NewPersonInput> {
  const client = useClient()
  return useActOnPeople((person) => client.invitePerson(person))
}

/** Makes another link for a person who is here. */
export function useInviteAgain(): UseMutationResult<InvitationView, Error, string> {
  const client = useClient()
  return useActOnPeople((id) => client.inviteAgain({ id }))
}

/** Gives a person another role. */
export function useChangeRole(): UseMutationResult<unknown, Error, RoleInput> {
  const client = useClient()
  return useActOnPeople((input) => client.changeRole(input))
}

/** Switches a person off. */
export function useDeactivate(): UseMutationResult<unknown, Error, WithReason> {
  const client = useClient()
  return useActOnPeople((input) => client.deactivatePerson(input))
}

/** Lets a person who was switched off in again. */
export function useReactivate(): UseMutationResult<unknown, Error, string> {
  const client = useClient()
  return useActOnPeople((id) => client.reactivatePerson({ id }))
}

/** Takes what names a person who is switched off away. */
export function useErase(): UseMutationResult<unknown, Error, WithReason> {
  const client = useClient()
  return useActOnPeople((input) => client.erasePerson(input))
}

/** Says whom a person answers to. */
export function useSetManager(): UseMutationResult<unknown, Error, ManagerInput> {
  const client = useClient()
  return useActOnPeople((input) => client.setManager(input))
}

/** Keeps a person here again whom SCIM kept. */
export function useRelease(): UseMutationResult<unknown, Error, string> {
  const client = useClient()
  return useActOnPeople((id) => client.releasePerson({ id }))
}

/** Takes back who a person is at a provider. */
export function useUnbind(): UseMutationResult<unknown, Error, IdentityInput> {
  const client = useClient()
  return useActOnPeople((input) => client.unbindPerson(input))
}

/** Ends every session of a person. */
export function useEndSessionsOf(): UseMutationResult<{ readonly ended: number }, Error, string> {
  const client = useClient()
  return useActOnPeople((id) => client.endSessionsOf({ id }))
}

/** Tells what a file of people would change, or changes it. */
export function useImportPeople(): UseMutationResult<PeopleReport, Error, PeopleImport> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: PeopleImport) => client.importPeople(input),
    onSuccess: ({ applied }) => (applied ? cache.invalidateQueries() : undefined),
  })
}

/** Makes the people of the directory as a file. */
export function useExportPeople(): UseMutationResult<PeopleFile, Error, undefined> {
  const client = useClient()
  return useMutation({ mutationFn: () => client.exportPeople({}) })
}

/** Does something about people: what follows from it is anywhere, with owners, orphans and the directory. */
export function useActOnPeople<Answer, Input>(
  mutationFn: (input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries() })
}
