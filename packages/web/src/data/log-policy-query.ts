import type { LogPolicyInput, LogPolicyView, LogRotationInput } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

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

/** Asks for a new log, which begins once a process that publishes gets to it. */
export function useRotateLog(): UseMutationResult<unknown, Error, LogRotationInput> {
  return useAct([keys.log, keys.logs], (client, wish: LogRotationInput) => client.rotateLog(wish))
}
