import type { InvitationView, NewPersonInput, RoleInput, WithReason } from "@tabard/api"
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

/** What follows from a change of people is anywhere: owners, orphans, the directory. */
function useActOnPeople<Answer, Input>(
  mutationFn: (input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries() })
}
