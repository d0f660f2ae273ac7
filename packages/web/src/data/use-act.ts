import { type UseMutationResult, useMutation, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import type { Key } from "./touched.ts"

/** Does something at the server, and asks again for what it touches. */
export function useAct<Input, Answer>(
  touched: readonly Key[],
  act: (client: ReturnType<typeof useClient>, input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSuccess: async () => {
      for (const queryKey of touched) await cache.invalidateQueries({ queryKey })
    },
  })
}
