import {
  type ApiTokenView,
  type ApiTokenWish,
  type MadeApiTokenView,
  type Page,
  type WithReason,
  wholeList,
} from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers the API tokens of the organisation, ended ones too, the newest first. */
export function useApiTokens(): UseQueryResult<Page<ApiTokenView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.apiTokens,
    queryFn: ({ signal }) => wholeList(client.listApiTokens, {}, signal),
  })
}

/** Makes an API token; the answer holds its text, which is shown once. */
export function useMakeApiToken(): UseMutationResult<MadeApiTokenView, Error, ApiTokenWish> {
  return useTokenAct((client, wish: ApiTokenWish) => client.makeApiToken(wish))
}

/** Ends an API token at once and for ever. */
export function useRevokeApiToken(): UseMutationResult<unknown, Error, WithReason> {
  return useTokenAct((client, input: WithReason) => client.revokeApiToken(input))
}

function useTokenAct<Input, Answer>(
  act: (client: ReturnType<typeof useClient>, input: Input) => Promise<Answer>,
): UseMutationResult<Answer, Error, Input> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.apiTokens }),
  })
}
