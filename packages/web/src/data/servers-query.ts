import { type Page, type ServerRegistration, type ServerView, wholeList } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers the servers behind the gateway. */
export function useServers(): UseQueryResult<Page<ServerView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.servers,
    queryFn: ({ signal }) => wholeList(client.listServers, {}, signal),
  })
}

/** Puts a server behind the gateway; its tools are read and pinned before it answers. */
export function useRegisterServer(): UseMutationResult<ServerView, Error, ServerRegistration> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: ServerRegistration) => client.registerServer(input),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.servers }),
  })
}
