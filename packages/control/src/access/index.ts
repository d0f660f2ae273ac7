export {
  type AdministerAccessDeps,
  endSessionsOf,
  unbindPerson,
  type WaysIn,
  waysInOf,
} from "./administer-access.ts"
export {
  type AskingDevice,
  answerDeviceSignIn,
  beginDeviceSignIn,
  DEVICE_INTERVAL_SECONDS,
  type DeviceSignInDeps,
  findDeviceSignIn,
  redeemDeviceSignIn,
} from "./device-sign-in.ts"
export { erasePerson } from "./erase-person.ts"
export { handleHash } from "./handle-hash.ts"
export { shelfFor } from "./own-shelf.ts"
export { seenIn } from "./own-sight.ts"
export {
  changeRole,
  deactivatePerson,
  inviteAgain,
  invitePerson,
  type NewPerson,
  type OfferedInvitation,
  type PeopleDeps,
  reactivatePerson,
} from "./people.ts"
export type {
  AccessStores,
  BindingStore,
  Invitation,
  InvitationStore,
  Session,
  SessionMoment,
  SessionStore,
  SignInLink,
  SignInLinkStore,
} from "./ports.ts"
export { type PutSignInSettingsDeps, putSignInSettings } from "./put-sign-in-settings.ts"
export {
  COMMAND_LINE_PREFIX,
  endAllSessions,
  endSession,
  listSessions,
  type SessionDeps,
  type StartedSession,
  sessionUser,
  signOut,
} from "./sessions.ts"
export {
  checkSignInLink,
  type Introduction,
  offerSignInLink,
  type SignInDeps,
  signIn,
} from "./sign-in.ts"
export { type ProviderWord, signInByProvider } from "./sign-in-by-provider.ts"
