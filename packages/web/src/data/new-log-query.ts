import type { LogRotationInput } from "@tabard/api"
import { type UseMutationResult, useMutation } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"

/** Asks for a new log of the record; that it has begun is heard of when it has. */
export function useNewLog(): UseMutationResult<unknown, Error, LogRotationInput> {
  const client = useClient()
  return useMutation({ mutationFn: (wish: LogRotationInput) => client.rotateLog(wish) })
}
