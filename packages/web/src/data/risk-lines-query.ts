import type { RiskLine, RiskLinesView } from "@tabard/api"
import { useQueries } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** A line of sixty days is as good a little later. */
const FRESH_MS = 300_000

/** Answers the lines of agents as far as they were read; each group is asked for, and kept, by itself. */
export function useRiskLines(groups: readonly (readonly string[])[]): ReadonlyMap<string, RiskLine> {
  const client = useClient()
  return useQueries({
    queries: groups.map((agents) => ({
      queryKey: keys.riskLines(agents),
      queryFn: ({ signal }: { signal: AbortSignal }) => client.getRiskLines({ agents }, signal),
      staleTime: FRESH_MS,
    })),
    combine: byAgent,
  })
}

// A function that stays the same: its answer is made again only where one of the queries' is another.
function byAgent(answers: readonly { data: RiskLinesView | undefined }[]): ReadonlyMap<string, RiskLine> {
  return new Map(answers.flatMap(({ data }) => data?.lines ?? []).map((line) => [line.agent, line]))
}
