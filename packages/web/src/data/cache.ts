import { ApiProblem } from "@tabard/api"
import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query"
import { keys } from "./keys.ts"
import { askAgainIn, freshFor } from "./liveness.ts"

const RETRIES = 2

/**
 * Makes the cache that holds the server's state. Wherever the API says that nobody is signed in, everything that was
 * seen is dropped and the sign-in page is what remains.
 */
export function createCache(): QueryClient {
  const cache: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error) => leaveIfSignedOut(cache, error) }),
    mutationCache: new MutationCache({ onError: (error) => leaveIfSignedOut(cache, error) }),
    // Nothing asks on a timer of its own: what changed is heard (see live/), and only where it is not, asked for.
    defaultOptions: {
      queries: {
        retry: isWorthRetrying,
        staleTime: () => freshFor(cache),
        refetchInterval: () => askAgainIn(cache),
      },
    },
  })
  return cache
}

/** Forgets what was seen and shows the sign-in page. */
export function forgetSession(cache: QueryClient): void {
  cache.setQueryData(keys.session, null)
  cache.removeQueries({ predicate: (query) => query.queryKey[0] !== keys.session[0] })
}

function leaveIfSignedOut(cache: QueryClient, error: unknown): void {
  if (isSignedOut(error)) forgetSession(cache)
}

/** Whether the API refused because nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 401
}

// A refusal stays a refusal; only silence and faults are asked again.
function isWorthRetrying(failures: number, error: unknown): boolean {
  return failures < RETRIES && !(error instanceof ApiProblem && error.status < 500)
}
