import type { SessionView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { isSignedOut } from "./cache.ts"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers who is signed in, or null for nobody. */
export function useSession(): UseQueryResult<SessionView | null> {
  const client = useClient()
  return useQuery({
    queryKey: keys.session,
    queryFn: ({ signal }) => client.getSession({}, signal).catch(nobodyIfSignedOut),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function nobodyIfSignedOut(error: unknown): null {
  if (isSignedOut(error)) return null
  throw error
}
