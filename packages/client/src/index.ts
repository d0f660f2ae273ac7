export { type AskPersonOptions, askPerson } from "./ask-person.ts"
export { type BoundHeaders, type BoundSender, boundFetch, boundSender } from "./bound-fetch.ts"
export {
  type Credentials,
  isPrivateAddress,
  parseCredentials,
  readCredentials,
  writeCredentials,
} from "./credentials.ts"
export { type Discovered, type DiscoverOptions, discover } from "./discover.ts"
export { type EnrolOptions, enrol } from "./enrol.ts"
export { type ExchangeOptions, exchange } from "./exchange.ts"
export { type FederatedOptions, federatedCredentials } from "./federated-credentials.ts"
export {
  type IdentityAssertionOptions,
  type IdentityProvider,
  identityAssertionCredentials,
} from "./identity-assertion.ts"
export type { BoundToken } from "./issued-token.ts"
export { createKey, type PrivateKey, type PublicKey, parseKey, publicHalf, thumbprintOf } from "./key.ts"
export { destroyKey, holdKey, makeKey } from "./keys/hold-key.ts"
export type { KeyHolder, KeyStorage } from "./keys/key-holder.ts"
export { type AgentKey, isReference, type KeyReference, storageOf } from "./keys/key-reference.ts"
export { KeyUnavailable } from "./keys/run-tool.ts"
export type { GrantForm, OwnGrant } from "./own-grant.ts"
export {
  clientAssertion,
  dpopProof,
  enrolmentProof,
  type Now,
  type ProofTarget,
  reportProof,
} from "./proofs.ts"
export { type PushAnswer, type PushOptions, pushReport } from "./push-report.ts"
export { Refused } from "./refused.ts"
export {
  type EnrolReporterOptions,
  enrolReporter,
  type ReporterCredentials,
  readReporter,
  writeReporter,
} from "./reporter.ts"
export { type Rotated, type RotateOptions, rotate } from "./rotate.ts"
export { beginSignIn, type SignIn, type SignInOptions } from "./sign-in.ts"
export { type TokenOptions, TokenSource } from "./token-source.ts"
export type { WorkloadSource } from "./workload-source.ts"
