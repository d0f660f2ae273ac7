import type { PolicyTestInput, PolicyTestView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers what the cases come to that are kept with the policies, or a draft of them, or they under a draft of what rules everybody. */
export function usePolicyTest(asked: PolicyTestInput): UseQueryResult<PolicyTestView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.policyTest(asked),
    queryFn: ({ signal }) => client.testPolicies(asked, signal),
    retry: false,
  })
}
