import {
  type Client,
  type FindingAcceptance,
  type FindingFilter,
  type FindingView,
  type Page,
  type RuleView,
  type WithReason,
  wholeList,
} from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { type PagedList, usePagedList } from "./paged-list.ts"

const PAGE = 100

/** Answers the findings that a filter asks for, the worst first, page after page. */
export function useFindings(filter: FindingFilter): PagedList<FindingView> {
  return usePagedList(keys.findingsOf(filter), (client, after, signal) =>
    client.listFindings({ ...filter, after, limit: PAGE }, signal),
  )
}

/** Answers one finding. */
export function useFinding(id: string): UseQueryResult<FindingView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.finding(id),
    queryFn: ({ signal }) => client.getFinding({ id }, signal),
  })
}

/** Answers every rule, and how many of its findings stand. */
export function useRules(): UseQueryResult<Page<RuleView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.rules,
    queryFn: ({ signal }) => wholeList(client.listRules, {}, signal),
  })
}

/** Lives with a finding until a date. */
export function useAcceptFinding(): UseMutationResult<FindingView, Error, FindingAcceptance> {
  return useFindingAct((client, input: FindingAcceptance) => client.acceptFinding(input))
}

/** Takes the acceptance of a finding back. */
export function useReopenFinding(): UseMutationResult<FindingView, Error, WithReason> {
  return useFindingAct((client, input: WithReason) => client.reopenFinding(input))
}

function useFindingAct<Input>(
  act: (client: Client, input: Input) => Promise<FindingView>,
): UseMutationResult<FindingView, Error, Input> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => act(client, input),
    onSuccess: (finding) => {
      cache.setQueryData(keys.finding(finding.id), finding)
      return Promise.all(
        [keys.findings, keys.rules, keys.overview, keys.events, ["agent"]].map((queryKey) =>
          cache.invalidateQueries({ queryKey }),
        ),
      )
    },
  })
}
