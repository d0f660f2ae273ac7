export {
  type ChannelBox,
  type ChannelSecrets,
  signingAt,
} from "./channel-seal.ts"
export {
  CHANNEL_KINDS,
  type Channel,
  type ChannelHealth,
  type ChannelKind,
  type ChannelStore,
} from "./channel-store.ts"
export { type ChoiceStore, type Choices, USUAL_CHOICES } from "./choice-store.ts"
export { chooseNotifications } from "./choose.ts"
export type {
  ChannelId,
  Delivery,
  DeliveryClaim,
  DeliveryOutcome,
  DeliveryStore,
} from "./delivery-store.ts"
export { followRecord, isRecordAhead } from "./follow-record.ts"
export {
  type ChannelWish,
  findChannel,
  makeChannel,
  removeChannel,
  rotateChannel,
  type ShownChannel,
  sendAgain,
} from "./keep-channels.ts"
export {
  NOTIFICATION_LEASE,
  type Notification,
  type NotificationQuery,
  type NotificationStore,
} from "./notification-store.ts"
export { isStillSo } from "./still-so.ts"
export { howTold, tellDue, viewsOver } from "./tell-due.ts"
