import type { ApprovalFilter, ApprovalView, Page, VerdictInput } from "@tabard/api"
import {
  type UseMutationResult,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"

/** How many of the newest questions are shown. */
const SHOWN = 200

const PENDING = keys.approvalsIn("pending")

/** Answers the questions in a state, or all of them. */
export function useApprovals(state?: ApprovalFilter["state"]): UseQueryResult<Page<ApprovalView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.approvalsIn(state),
    queryFn: ({ signal }) => client.listApprovals({ state, limit: SHOWN }, signal),
  })
}

/**
 * Answers a question. The card leaves before the server has answered, so that the next one is there at once; where the
 * server refuses, it comes back.
 */
export function useVerdict(): UseMutationResult<ApprovalView, Error, VerdictInput> {
  const client = useClient()
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (input: VerdictInput) => client.answerApproval(input),
    onMutate: async ({ id }) => {
      await cache.cancelQueries({ queryKey: PENDING })
      cache.setQueryData<Page<ApprovalView>>(PENDING, (page) => page && without(page, id))
    },
    onSettled: () =>
      Promise.all(
        [keys.approvals, keys.overview, keys.events].map((queryKey) => cache.invalidateQueries({ queryKey })),
      ),
  })
}

function without(page: Page<ApprovalView>, id: string): Page<ApprovalView> {
  return { ...page, items: page.items.filter((item) => item.id !== id) }
}
