import type {
  OwnPoliciesInput,
  PolicyComparisonView,
  PolicyDocumentsView,
  PolicyDocumentView,
  PolicyDraftInput,
  PolicyPlaceInput,
  PolicyPreviewView,
  PolicyVersionsView,
} from "@tabard/api"
import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

/** Answers the documents in force that rule the whole organisation. */
export function useOwnPolicies(): UseQueryResult<PolicyDocumentsView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.ownPolicies,
    queryFn: ({ signal }) => client.listOwnPolicies({}, signal),
  })
}

/** Answers a document as it is in force; version 0 where nobody has written it. */
export function useOwnDocument(place: PolicyPlaceInput): UseQueryResult<PolicyDocumentView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.policyDocument(place),
    queryFn: ({ signal }) => client.getOwnPolicies(place, signal),
  })
}

/** Answers who wrote which version of a document, newest first. */
export function usePolicyVersions(place: PolicyPlaceInput): UseQueryResult<PolicyVersionsView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.policyVersions(place),
    queryFn: ({ signal }) => client.listPolicyVersions(place, signal),
  })
}

/** Answers what is otherwise in one version of a document than in another. */
export function usePolicyComparison(
  place: PolicyPlaceInput,
  between: { readonly from: number; readonly to: number },
): UseQueryResult<PolicyComparisonView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.policyComparison(place, between),
    queryFn: ({ signal }) => client.comparePolicies({ ...place, ...between }, signal),
    // A version is never changed.
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  })
}

/** Tells what a document would change of what was decided; nothing is put in force. */
export function usePreviewPolicies(): UseMutationResult<PolicyPreviewView, Error, PolicyDraftInput> {
  const client = useClient()
  return useMutation({ mutationFn: (input: PolicyDraftInput) => client.previewOwnPolicies(input) })
}

/** Puts a document in force. */
export function usePutPolicies(): UseMutationResult<PolicyDocumentView, Error, OwnPoliciesInput> {
  return useAct(
    [keys.ownPolicies, keys.coverage, keys.tiers, keys.anyAgent],
    (client, input: OwnPoliciesInput) => client.putOwnPolicies(input),
  )
}
