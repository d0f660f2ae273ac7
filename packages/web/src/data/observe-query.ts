import type { EnforcingPreviewView, ManifestSuggestionView, ObservingView } from "@tabard/api"
import { type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** Answers whether an agent is observed, its latest time in observe mode, and what is left of its rehearsal. */
export function useObserving(agent: string): UseQueryResult<ObservingView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.observing(agent),
    queryFn: ({ signal }) => client.getAgentObserving({ id: agent }, signal),
  })
}

/** Answers what enforcing would make of what was observed; nothing is changed by asking. */
export function useEnforcingPreview(agent: string): UseQueryResult<EnforcingPreviewView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.enforcingPreview(agent),
    queryFn: ({ signal }) => client.previewEnforcing({ id: agent }, signal),
  })
}

/** Answers the smallest manifest that covers what was observed; nothing is put in force by asking. */
export function useManifestSuggestion(agent: string): UseQueryResult<ManifestSuggestionView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.manifestSuggestion(agent),
    queryFn: ({ signal }) => client.suggestManifest({ id: agent }, signal),
  })
}
