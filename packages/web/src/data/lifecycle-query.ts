import type { AttestationInput, DepartureView, RetirementView, SuccessorInput } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useActOnPeople } from "./people-acts.ts"
import type { Key } from "./touched.ts"

/** Answers what follows as a person leaves: what would, or how far it is. */
export function useDeparture(id: string): UseQueryResult<DepartureView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.departure(id),
    queryFn: ({ signal }) => client.getDeparture({ id }, signal),
  })
}

/** Answers how an agent ends, or came to its end: how far it is. */
export function useRetirement(id: string): UseQueryResult<RetirementView> {
  return useRetirementUnder(keys.retirement(id), id)
}

/** Answers how an agent would end: kept apart, since a preview says nothing of a retirement that began since. */
export function useRetirementPreview(id: string): UseQueryResult<RetirementView> {
  return useRetirementUnder(keys.retirementPreview(id), id)
}

function useRetirementUnder(queryKey: Key, id: string): UseQueryResult<RetirementView> {
  const client = useClient()
  return useQuery({ queryKey, queryFn: ({ signal }) => client.getRetirement({ id }, signal) })
}

/** Attests that a credential works no longer; everything around the agent is read again. */
export function useAttest(): UseMutationResult<RetirementView, Error, AttestationInput> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: AttestationInput) => client.attestCredential(input),
    onSuccess: () => cache.invalidateQueries(),
  })
}

/** Says who follows a person. */
export function useNameSuccessor(): UseMutationResult<unknown, Error, SuccessorInput> {
  const client = useClient()
  return useActOnPeople((input) => client.namePersonSuccessor(input))
}
