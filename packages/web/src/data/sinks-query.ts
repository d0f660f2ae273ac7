import type {
  DeadLetterRetryInput,
  DeadLetterView,
  Page,
  ShownSinkView,
  SinkChangeInput,
  SinkInput,
  SinkReplayInput,
  SinkTest,
  SinkView,
} from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { askAgainIn } from "./liveness.ts"
import { useAct } from "./use-act.ts"

/** How often sinks and their letters are asked for: how far they have come changes without an event. */
const ASK_EVERY_MS = 5_000

/** Answers where the record is exported to, with how each does. */
export function useSinks(): UseQueryResult<Page<SinkView>> {
  const client = useClient()
  const cache = useQueryClient()
  return useQuery({
    queryKey: keys.sinks,
    queryFn: ({ signal }) => client.listSinks({}, signal),
    refetchInterval: () => askAgainIn(cache) || ASK_EVERY_MS,
  })
}

/** Makes a sink; a webhook's signing secret is in the answer, this once. */
export function useMakeSink(): UseMutationResult<ShownSinkView, Error, SinkInput> {
  return useAct([keys.sinks], (client, wish: SinkInput) => client.makeSink(wish))
}

/** Changes what a sink carries, and how. */
export function useChangeSink(): UseMutationResult<ShownSinkView, Error, SinkChangeInput> {
  return useAct([keys.sinks], (client, change: SinkChangeInput) => client.changeSink(change))
}

/** Has a sink wait where it is, or go on from there. */
export function useSwitchSink(): UseMutationResult<SinkView, Error, Pick<SinkView, "id" | "state">> {
  return useAct([keys.sinks], (client, { id, state }: Pick<SinkView, "id" | "state">) =>
    state === "running" ? client.pauseSink({ id }) : client.resumeSink({ id }),
  )
}

/** Carries a test, and answers what came of it. */
export function useTestSink(): UseMutationResult<SinkTest, Error, string> {
  return useAct([keys.sinks], (client, id: string) => client.testSink({ id }))
}

/** Carries everything from a place on again. */
export function useReplaySink(): UseMutationResult<{ readonly again: number }, Error, SinkReplayInput> {
  return useAct([keys.sinks], (client, from: SinkReplayInput) => client.replaySink(from))
}

/** Removes a sink. */
export function useRemoveSink(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.sinks], (client, id: string) => client.removeSink({ id }))
}

/** Answers the newest dead letters of a sink. */
export function useDeadLetters(id: string): UseQueryResult<Page<DeadLetterView>> {
  const client = useClient()
  const cache = useQueryClient()
  return useQuery({
    queryKey: keys.deadLetters(id),
    queryFn: ({ signal }) => client.listDeadLetters({ id }, signal),
    refetchInterval: () => askAgainIn(cache) || ASK_EVERY_MS,
  })
}

/** Has dead letters tried again. */
export function useRetryDeadLetters(): UseMutationResult<
  { readonly letters: number },
  Error,
  DeadLetterRetryInput
> {
  return useAct([keys.sinks], (client, which: DeadLetterRetryInput) => client.retryDeadLetters(which))
}
