import { type OwnSessionView, type Page, type SessionView, type SignInWays, wholeList } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { forgetSession, isSignedOut } from "./cache.ts"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers who is signed in, or null for nobody. */
export function useSession(): UseQueryResult<SessionView | null> {
  const client = useClient()
  return useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => client.getSession({}, signal).catch(nobodyIfSignedOut),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: false,
  })
}

/** Answers how one can sign in besides one-time links. */
export function useSignInWays(): UseQueryResult<SignInWays> {
  const client = useClient()
  return useQuery({
    queryKey: keys.signInWays,
    queryFn: ({ signal }) => client.getSignInWays({}, signal),
  })
}

/** Answers where whoever asks is signed in. */
export function useOwnSessions(): UseQueryResult<Page<OwnSessionView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.ownSessions,
    queryFn: ({ signal }) => wholeList(client.listSessions, {}, signal),
  })
}

/** Ends one of one's own sessions. */
export function useEndSession(): UseMutationResult<unknown, Error, string> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => client.endSession({ id }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.ownSessions }),
  })
}

/** Signs oneself out everywhere, here too. */
export function useSignOutEverywhere(): UseMutationResult<unknown, Error, void> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: () => client.endAllSessions({}),
    onSuccess: () => forgetSession(cache),
  })
}

function nobodyIfSignedOut(error: unknown): null {
  if (isSignedOut(error)) return null
  throw error
}
