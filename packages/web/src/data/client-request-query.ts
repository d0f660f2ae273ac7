import type { ClientAnswerView, ClientRequestView } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** How often it is looked at whether somebody has adopted the agent meanwhile. */
const LOOK_EVERY_MS = 5_000

/** Answers what a client asks of whoever is signed in; looked at again by itself while it waits for somebody else. */
export function useClientRequest(id: string): UseQueryResult<ClientRequestView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.clientRequest(id),
    queryFn: ({ signal }) => client.getClientRequest({ id }, signal),
    refetchInterval: ({ state }) => (state.data?.state === "waiting" ? LOOK_EVERY_MS : false),
    retry: false,
  })
}

/** Answers a client, and keeps what its request has become. */
export function useAnswerClient(id: string): UseMutationResult<ClientAnswerView, Error, boolean> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (agree: boolean) => client.answerClientRequest({ id, agree }),
    onSuccess: ({ request }) => {
      if (request) cache.setQueryData(keys.clientRequest(id), request)
    },
  })
}
