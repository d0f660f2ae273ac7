import type { SettingsInput, SettingsView, SignInSettingsInput, SignInSettingsView } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers what the organisation has settled. */
export function useSettings(): UseQueryResult<SettingsView> {
  const client = useClient()
  return useQuery({ queryKey: keys.settings, queryFn: ({ signal }) => client.getSettings({}, signal) })
}

/** Settles something for the whole organisation; what follows from it is read again. */
export function usePutSettings(): UseMutationResult<SettingsView, Error, SettingsInput> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: SettingsInput) => client.putSettings(input),
    onSuccess: () => cache.invalidateQueries(),
  })
}

/** Answers whose addresses let them come in without an invitation. */
export function useSignInSettings(): UseQueryResult<SignInSettingsView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.signInSettings,
    queryFn: ({ signal }) => client.getSignInSettings({}, signal),
  })
}

/** Settles whose addresses let them come in without an invitation. */
export function usePutSignInSettings(): UseMutationResult<SignInSettingsView, Error, SignInSettingsInput> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (settings: SignInSettingsInput) => client.putSignInSettings(settings),
    onSuccess: (settled) => cache.setQueryData(keys.signInSettings, settled),
  })
}
