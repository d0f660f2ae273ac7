export type { ApiToken, ApiTokenStore } from "./api-token-store.ts"
export { makeApiToken, revokeApiToken } from "./make-api-token.ts"
export { type TokenUser, tokenUser } from "./token-user.ts"
