import type { ChannelStore } from "./channel-store.ts"
import type { ChoiceStore } from "./choice-store.ts"
import type { DeliveryStore } from "./delivery-store.ts"
import type { NotificationStore } from "./notification-store.ts"

/** The stores of telling people. */
export interface NotificationStores {
  readonly channels: ChannelStore
  readonly choices: ChoiceStore
  readonly deliveries: DeliveryStore
  readonly notifications: NotificationStore
}
