export { matchesOf } from "./adopt-by-rule.ts"
export { agentStanding, type IntroducedClient } from "./agent-of-client.ts"
export { type AgreedClient, type AgreeToClientDeps, agreeToClient } from "./agree-to-client.ts"
export type { ClientGrantStore } from "./client-grant-store.ts"
export { addClientRule, type ClientRuleDeps, removeClientRule } from "./client-rules.ts"
export type { ClientStore } from "./client-store.ts"
export { type EndClientGrantDeps, endClientGrant } from "./end-client-grants.ts"
export { isLoopback, isRedirectUri } from "./redirect-uri.ts"
export { type RegisterByTokenDeps, registerByToken } from "./register-by-token.ts"
export {
  type ClientDeps,
  type ClientRegistration,
  registerClient,
  removeClient,
} from "./register-client.ts"
export { type RevokeIssuedDeps, revokeIssued } from "./revoke-issued.ts"
