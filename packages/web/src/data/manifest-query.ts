import type { AgentLimitsView, ManifestMeaning } from "@tabard/api"
import { keepPreviousData, type UseQueryResult, useQuery } from "@tanstack/react-query"
import { useEffect, useState } from "react"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** How long the hand rests before a text is checked. */
const PAUSE_MS = 400

/** How long the answer for a text that is no longer written is kept. */
const KEPT_MS = 30_000

/** What a text of a manifest would come to, and of which text that is said. */
export interface CheckedManifest {
  readonly text: string
  readonly meaning: ManifestMeaning
}

/** Answers what a text would come to, soon after the hand rests; nothing is put in force. Undefined asks for nothing. */
export function useCheckedManifest(agent: string, text: string | undefined): UseQueryResult<CheckedManifest> {
  const client = useClient()
  const rested = useRested(text)
  return useQuery({
    queryKey: keys.manifestCheck(agent, rested),
    queryFn: async ({ signal }) => {
      const manifest = rested ?? ""
      return { text: manifest, meaning: await client.checkManifest({ id: agent, manifest }, signal) }
    },
    enabled: rested !== undefined,
    placeholderData: keepPreviousData,
    gcTime: KEPT_MS,
  })
}

/** Answers how much an agent may do, and what is used of it now. */
export function useAgentLimits(agent: string): UseQueryResult<AgentLimitsView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.agentLimits(agent),
    queryFn: ({ signal }) => client.getAgentLimits({ id: agent }, signal),
  })
}

function useRested(text: string | undefined): string | undefined {
  const [rested, setRested] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return text === undefined ? undefined : rested
}
