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
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useMemo } from "react"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

const PAGE = 100

/** The findings as far as they were read, the worst first. */
export interface Findings {
  readonly items: readonly FindingView[]
  readonly isPending: boolean
  readonly error: Error | null
  readonly updatedAt: number
  readonly retry: () => void
  /** Absent where the last one was read. */
  readonly more: (() => void) | undefined
  readonly readingMore: boolean
}

/** Answers the findings that a filter asks for, page after page. */
export function useFindings(filter: FindingFilter): Findings {
  const client = useClient()
  const query = useInfiniteQuery({
    queryKey: keys.findingsOf(filter),
    queryFn: ({ pageParam, signal }) =>
      client.listFindings({ ...filter, after: pageParam, limit: PAGE }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const { data, refetch, fetchNextPage } = query
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data])
  return {
    items,
    isPending: query.isPending,
    error: query.error,
    updatedAt: query.dataUpdatedAt,
    retry: () => void refetch(),
    more: query.hasNextPage ? () => void fetchNextPage() : undefined,
    readingMore: query.isFetchingNextPage,
  }
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
