export {
  type AllowDelegationDeps,
  allowDelegation,
  type DelegationRequest,
} from "./allow-delegation.ts"
export {
  type AgentPrincipal,
  type CheckTokenDeps,
  checkToken,
  livePrincipal,
  type PresentedToken,
  type TokenRefusal,
  TokenRefused,
} from "./check-token.ts"
export type { DelegationQuery, DelegationStore } from "./delegation-store.ts"
export { type EnrolKeyDeps, enrolKey, type KeyToEnrol } from "./enrol-key.ts"
export { enrolmentCodeHash } from "./enrolment-code.ts"
export type { Enrolment, InstanceStore, KeyRotation } from "./instance-store.ts"
export { type IssuedToken, type IssueTokenDeps, issueToken, type TokenRequest } from "./issue-token.ts"
export type { KeyPurpose, KeyStore, SealedKey, SigningPurpose } from "./key-store.ts"
export { type AdvanceSigningKeyDeps, advanceSigningKey } from "./keys/advance-signing-key.ts"
export { type AskSigningKeyDeps, askSigningKey } from "./keys/ask-signing-key.ts"
export type { KeyStep } from "./keys/key-step.ts"
export { isKnownToVerifiers } from "./keys/key-step.ts"
export {
  allPublished,
  isPublishedAlike,
  type PublishedKeys,
  publishedKeys,
} from "./keys/published-keys.ts"
export { recordRewrapped } from "./keys/record-rewrapped.ts"
export type { OAuthModel, OAuthModelStore } from "./oauth-model-store.ts"
export { type OfferEnrolmentDeps, type OfferedEnrolment, offerEnrolment } from "./offer-enrolment.ts"
export { type PutTokenSettingsDeps, putTokenSettings } from "./put-token-settings.ts"
export type { ReplayStore, SingleUse } from "./replay-store.ts"
export { type ActiveAgent, requireActiveAgent } from "./require-active-agent.ts"
export { requireOpenTask } from "./require-open-task.ts"
export {
  type RevokeAgentTokenDeps,
  revokeAgentToken,
  type TokenRevocation,
} from "./revoke-agent-token.ts"
export { type InstanceRevocation, type RevokeInstanceDeps, revokeInstance } from "./revoke-instance.ts"
export { type RevokeTokenDeps, revokeToken } from "./revoke-token.ts"
export { type RotateKeyDeps, type RotationAsked, rotateKey } from "./rotate-key.ts"
export { AlreadyUsed } from "./single-use.ts"
export { spiffeId, type TokenClaims, type TokenSubject, tokenClaims } from "./token-claims.ts"
export type { TokenActor, TokenGrant, TokenRecord, TokenStore } from "./token-store.ts"
export {
  type WithdrawDelegationDeps,
  type WithdrawnDelegation,
  withdrawDelegation,
} from "./withdraw-delegation.ts"
