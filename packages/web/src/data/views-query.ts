import type { Client, Page, SavedViewView } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers one's own saved views. */
export function useViews(): UseQueryResult<Page<SavedViewView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.views,
    queryFn: ({ signal }) => client.listViews({ limit: 100 }, signal),
  })
}

/** Saves, changes or removes one of one's own views. */
export function useViewAct<Input>(
  act: (client: Client, input: Input) => Promise<unknown>,
): UseMutationResult<unknown, Error, Input> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.views }),
  })
}
