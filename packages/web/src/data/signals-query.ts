import type {
  Page,
  ShownSignalSourceView,
  SignalSourceInput,
  SignalSourceView,
  SignalStreamInput,
  SignalStreamView,
} from "@tabard/api"
import { type UseMutationResult, type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { askAgainIn } from "./liveness.ts"
import { useAct } from "./use-act.ts"

/** How often streams and sources are asked for: how they do changes without an event. */
const ASK_EVERY_MS = 5_000

/** Answers who is told signals, with how each does. */
export function useSignalStreams(): UseQueryResult<Page<SignalStreamView>> {
  const client = useClient()
  const cache = useQueryClient()
  return useQuery({
    queryKey: keys.signalStreams,
    queryFn: ({ signal }) => client.listSignalStreams({}, signal),
    refetchInterval: () => askAgainIn(cache) || ASK_EVERY_MS,
  })
}

/** Answers whose signals are acted upon, with how each does. */
export function useSignalSources(): UseQueryResult<Page<SignalSourceView>> {
  const client = useClient()
  const cache = useQueryClient()
  return useQuery({
    queryKey: keys.signalSources,
    queryFn: ({ signal }) => client.listSignalSources({}, signal),
    refetchInterval: () => askAgainIn(cache) || ASK_EVERY_MS,
  })
}

/** Has a receiver be told signals from now on. */
export function useMakeSignalStream(): UseMutationResult<SignalStreamView, Error, SignalStreamInput> {
  return useAct([keys.signals], (client, wish: SignalStreamInput) => client.makeSignalStream(wish))
}

/** Has a stream deliver, or hold what comes. */
export function useSwitchStream(): UseMutationResult<
  SignalStreamView,
  Error,
  Pick<SignalStreamView, "id" | "status">
> {
  return useAct([keys.signals], (client, { id, status }: Pick<SignalStreamView, "id" | "status">) =>
    client.setSignalStreamStatus({ id, status: status === "enabled" ? "paused" : "enabled" }),
  )
}

/** Puts a verification event into a stream. */
export function useVerifyStream(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.signals], (client, id: string) => client.verifySignalStream({ id }))
}

/** Removes a stream. */
export function useRemoveStream(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.signals], (client, id: string) => client.removeSignalStream({ id }))
}

/** Has a transmitter be heard; the token that it pushes with is in the answer, this once. */
export function useMakeSignalSource(): UseMutationResult<ShownSignalSourceView, Error, SignalSourceInput> {
  return useAct([keys.signals], (client, wish: SignalSourceInput) => client.makeSignalSource(wish))
}

/** Has a source be heard, or not for now. */
export function useSwitchSource(): UseMutationResult<
  SignalSourceView,
  Error,
  Pick<SignalSourceView, "id" | "state">
> {
  return useAct([keys.signals], (client, { id, state }: Pick<SignalSourceView, "id" | "state">) =>
    client.setSignalSourceState({ id, state: state === "running" ? "paused" : "running" }),
  )
}

/** Removes a source. */
export function useRemoveSource(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.signals], (client, id: string) => client.removeSignalSource({ id }))
}
