import type {
  ChannelTest,
  ChannelView,
  ChannelWish,
  DeliveryView,
  NotificationChoices,
  NotificationChoicesView,
  NotificationPage,
  NotificationsRead,
  Page,
  ShownChannelView,
} from "@tabard/api"
import {
  type InfiniteData,
  type UseInfiniteQueryResult,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import { useClient } from "./client-context.ts"
import { keys } from "./keys.ts"
import { askAgainIn } from "./liveness.ts"
import { useAct } from "./use-act.ts"

/** How often one's own notifications are asked for while changes are heard: some become due by time alone. */
const ASK_EVERY_MS = 60_000

/** How many stand on one page. */
const PAGE = 20

/** Answers what one was told, the newest first, page by page. */
export function useNotifications(): UseInfiniteQueryResult<InfiniteData<NotificationPage>> {
  const client = useClient()
  const cache = useQueryClient()
  return useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) =>
      client.listNotifications({ limit: PAGE, ...(pageParam && { after: pageParam }) }, signal),
    initialPageParam: "",
    getNextPageParam: ({ next }) => next,
    refetchInterval: () => askAgainIn(cache) || ASK_EVERY_MS,
  })
}

/** Marks notifications as read: those named, or all. */
export function useMarkRead(): UseMutationResult<unknown, Error, NotificationsRead> {
  return useAct([keys.notifications], (client, read: NotificationsRead) => client.markNotificationsRead(read))
}

/** Answers how one wants to be told. */
export function useNotificationChoices(): UseQueryResult<NotificationChoicesView> {
  const client = useClient()
  return useQuery({
    queryKey: keys.notificationChoices,
    queryFn: ({ signal }) => client.getNotificationChoices({}, signal),
  })
}

/** Keeps how one wants to be told. */
export function usePutNotificationChoices(): UseMutationResult<
  NotificationChoicesView,
  Error,
  NotificationChoices
> {
  return useAct([keys.notificationChoices], (client, chosen: NotificationChoices) =>
    client.putNotificationChoices(chosen),
  )
}

/** Answers the organisation's channels and its mail, with how each has done. */
export function useChannels(): UseQueryResult<Page<ChannelView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.channels,
    queryFn: ({ signal }) => client.listNotificationChannels({}, signal),
  })
}

/** Makes a channel; the answer holds its signing secret, which is shown once. */
export function useCreateChannel(): UseMutationResult<ShownChannelView, Error, ChannelWish> {
  return useAct([keys.channels], (client, wish: ChannelWish) => client.createNotificationChannel(wish))
}

/** Sends a test through a channel, and answers what came of it. */
export function useTestChannel(): UseMutationResult<ChannelTest, Error, string> {
  return useAct([keys.channels], (client, id: string) => client.testNotificationChannel({ id }))
}

/** Gives a webhook a new signing secret, which is shown once. */
export function useRotateChannel(): UseMutationResult<ShownChannelView, Error, string> {
  return useAct([keys.channels], (client, id: string) => client.rotateNotificationChannel({ id }))
}

/** Removes a channel. */
export function useRemoveChannel(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.channels], (client, id: string) => client.removeNotificationChannel({ id }))
}

/** Answers the newest deliveries of a channel. */
export function useDeliveries(id: string): UseQueryResult<Page<DeliveryView>> {
  const client = useClient()
  return useQuery({
    queryKey: keys.deliveries(id),
    queryFn: ({ signal }) => client.listDeliveries({ id }, signal),
  })
}

/** Has a delivery that failed tried anew. */
export function useSendAgain(): UseMutationResult<unknown, Error, string> {
  return useAct([keys.channels], (client, id: string) => client.sendDeliveryAgain({ id }))
}
