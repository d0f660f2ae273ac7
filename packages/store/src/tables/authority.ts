import type {
  EnforcementPoint,
  KeyPurpose,
  PolicySet,
  PolicySetKind,
  TokenGrant,
  TokenRecord,
} from "@tabard/control"
import type {
  ApprovalState,
  Budget,
  DecisionGrounds,
  Effect,
  EffectClass,
  Id,
  InstanceKind,
  JsonObject,
  JudgedArguments,
  KeyStorage,
  Observed,
  PublicJwk,
  TokenSettings,
} from "@tabard/core"
import type { Flag, JsonText } from "../columns.ts"
import type { Owned } from "./registry.ts"

export interface InstanceRow extends Owned {
  id: Id<"instance">
  agent: Id<"agent">
  kind: InstanceKind
  label: string
  jwk: JsonText<PublicJwk | null>
  /** Of an instance without a key it is a word of our own that no key has. */
  thumbprint: string
  enrolled_at: number
  last_used_at: number | null
  revoked_at: number | null
  key_storage: KeyStorage | null
  rotated_at: number | null
  earlier_jwk: JsonText<PublicJwk | null> | null
  earlier_thumbprint: string | null
  earlier_ends_at: number | null
}

/** Every key that another took the place of. */
export interface EarlierKeyRow extends Owned {
  thumbprint: string
  instance: Id<"instance">
  replaced_at: number
}

export interface EnrolmentRow extends Owned {
  code_hash: string
  agent: Id<"agent">
  created_by: Id<"user">
  expires_at: number
}

export interface SealedKeyRow extends Owned {
  id: Id<"key">
  purpose: KeyPurpose
  sealed: Uint8Array
  sealed_under: string
  public_half: string | null
  created_at: number
  retired_at: number | null
}

/** A key that is published, and does nothing yet. */
export type PreparedKeyRow = Omit<SealedKeyRow, "retired_at">

/** What was settled about tokens. */
export interface TokenSettingsRow extends Owned {
  settled: JsonText<TokenSettings> | null
  key_asked_at: number | null
}

export interface OAuthModelRow extends Owned {
  model: string
  id: string
  payload: JsonText<JsonObject>
  grant_id: string | null
  consumed_at: number | null
  expires_at: number | null
}

export interface ReplayRow extends Owned {
  namespace: string
  key: string
  expires_at: number
}

export interface TokenRow extends Owned {
  jti: string
  agent: Id<"agent">
  instance: Id<"instance">
  task: Id<"task"> | null
  audience: string
  /** Empty of a bearer token, and where a program wrote it that bound each token to its instance's key. */
  jkt: string | null
  bearer: Flag
  grant_kind: TokenGrant
  lineage: JsonText<readonly string[]>
  actors: JsonText<TokenRecord["actors"]>
  served: Id<"user"> | null
  delegations: JsonText<readonly Id<"delegation">[]>
  may_act: Id<"agent"> | null
  scope: JsonText<readonly EffectClass[]> | null
  calls_left: number | null
  conditions: JsonText<TokenRecord["conditions"]>
  issued_at: number
  expires_at: number
  revoked_at: number | null
}

export interface TaskRow extends Owned {
  id: Id<"task">
  agent: Id<"agent">
  text: string
  opener_kind: "user"
  opener_user: Id<"user">
  on_behalf_of: Id<"user">
  server: Id<"server">
  tools: JsonText<readonly string[]>
  folder: string | null
  opened_at: number
  expires_at: number
  closed_at: number | null
}

export interface PolicySetRow extends Owned {
  id: Id<"policySet">
  kind: PolicySetKind
  subject: string
  version: number
  author: string
  source: string | null
  policies: JsonText<PolicySet["policies"]>
  budgets: JsonText<readonly Budget[]>
  created_at: number
  ended_at: number | null
}

export interface EnforcementPointRow extends Owned {
  id: Id<"enforcementPoint">
  name: string
  kind: EnforcementPoint["kind"]
  subjects: JsonText<EnforcementPoint["subjects"]>
  asserts: JsonText<EnforcementPoint["asserts"]>
  /** Empty of a door that nobody registered. */
  api_token: Id<"apiToken"> | null
  applications: JsonText<readonly string[]> | null
  recorded: Flag | null
  registered_by: Id<"user"> | null
  registered_at: number | null
}

export interface DecisionRow extends Owned {
  id: Id<"decision">
  call: Id<"call">
  agent: Id<"agent">
  task: Id<"task"> | null
  action: string
  resource: string
  effect: Effect
  code: string
  reasons: JsonText<readonly string[]>
  approval: Id<"approval"> | null
  version: number
  observed: Observed | null
  at: number
  on_behalf_of: Id<"user"> | null
  grounds: JsonText<DecisionGrounds> | null
  judged: JsonText<JudgedArguments> | null
  /** A bit for each class, in the order of the classes. */
  effects: number | null
}

/** Which policies brought a decision about. */
export interface DecisionPolicyRow extends Owned {
  policy: string
  at: number
  decision: Id<"decision">
}

export interface ApprovalRow extends Owned {
  id: Id<"approval">
  handle: string
  agent: Id<"agent">
  instance: Id<"instance">
  task: Id<"task"> | null
  /** Empty where a token is asked for, and no call. */
  server: Id<"server"> | ""
  tool: string
  tool_digest: string
  /** Of a call, or what the token would be good for. */
  arguments: JsonText<JsonObject>
  chain: JsonText<readonly string[]>
  resource: string
  action_hash: string
  nonce: string
  binding_hash: string
  say: JsonText<readonly string[]>
  policies: JsonText<readonly string[]>
  routes: JsonText<readonly string[]>
  approvers: JsonText<readonly Id<"user">[]>
  agreed: JsonText<readonly AgreedText[]>
  state: ApprovalState["kind"]
  resolved_by: Id<"user"> | null
  resolved_at: number | null
  why: string | null
  created_at: number
  expires_at: number
  spent_by: Id<"call"> | null
}

/** A person's yes as a row holds it. */
export interface AgreedText {
  readonly by: Id<"user">
  readonly at: number
  readonly routes: readonly string[]
}

/** Whom a question was put to. */
export interface ApprovalAskedRow extends Owned {
  user: Id<"user">
  approval: Id<"approval">
}

export interface SessionRow extends Owned {
  id: Id<"session">
  token_hash: string
  user: Id<"user">
  created_at: number
  expires_at: number
  /** Empty where a program wrote it that did not look. */
  last_seen: number | null
  agent: string | null
}

export interface ProviderBindingRow extends Owned {
  issuer: string
  subject: string
  user: Id<"user">
}

export interface InvitationRow extends Owned {
  user: Id<"user">
  code_hash: string
  expires_at: number
}

export interface SignInLinkRow extends Owned {
  code_hash: string
  expires_at: number
}
