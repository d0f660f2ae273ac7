import type { SigningKeysView } from "@tabard/api"
import type { TokenSettings } from "@tabard/core"
import { type UseMutationResult, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { useAct } from "./use-act.ts"

/** Answers what the organisation has settled about its agents' tokens. */
export function useTokenSettings(): UseQueryResult<TokenSettings> {
  const client = useClient()
  return useQuery({
    queryKey: keys.tokenSettings,
    queryFn: ({ signal }) => client.getTokenSettings({}, signal),
  })
}

/** Settles how agents' tokens are. */
export function usePutTokenSettings(): UseMutationResult<TokenSettings, Error, TokenSettings> {
  return useAct([keys.tokenSettings], (client, settings: TokenSettings) => client.putTokenSettings(settings))
}

/** Answers the keys by which agents' tokens verify. */
export function useSigningKeys(): UseQueryResult<SigningKeysView> {
  const client = useClient()
  return useQuery({ queryKey: keys.signingKeys, queryFn: ({ signal }) => client.getSigningKeys({}, signal) })
}

/** Asks for the next key that signs tokens. */
export function useRotateSigningKey(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.signingKeys], (client, reason: string) => client.rotateSigningKey({ reason }))
}
