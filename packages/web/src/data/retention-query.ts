import type { RetentionInput, RetentionView } from "@tabard/api"
import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Settles how long the record is kept. */
export function usePutRetention(): UseMutationResult<RetentionView, Error, RetentionInput> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (wish: RetentionInput) => client.putRetention(wish),
    onSuccess: (settled) => cache.setQueryData(keys.retention, settled),
  })
}
