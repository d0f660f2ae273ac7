import type { LogPolicyInput, LogPolicyView } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers who witnesses the log, as it was settled. */
export function useLogPolicy(): UseQueryResult<LogPolicyView> {
  const client = useClient()
  return useQuery({ queryKey: keys.logPolicy, queryFn: ({ signal }) => client.getLogPolicy({}, signal) })
}

/** Settles who witnesses the log; each is asked anew. */
export function usePutLogPolicy(): UseMutationResult<LogPolicyView, Error, LogPolicyInput> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: LogPolicyInput) => client.putLogPolicy(input),
    onSuccess: (settled) => {
      cache.setQueryData(keys.logPolicy, settled)
      return cache.invalidateQueries({ queryKey: keys.log })
    },
  })
}
