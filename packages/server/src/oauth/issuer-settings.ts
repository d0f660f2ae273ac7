import type { IssueTokenDeps, RecordGate, Shelf } from "@tabard/control"
import type { Grant } from "./grants/grant.ts"
import type { SigningKey } from "./signing-keys.ts"

/** What issuing at the token endpoint is configured from. */
export interface IssuerSettings extends IssueTokenDeps {
  readonly shelf: Shelf
  readonly issuer: string
  /** What tokens are issued for (RFC 8707): the gateway, and by addresses below it one server behind it. */
  readonly resource: string
  /** The first one signs; the others are published until their last token has ended. */
  readonly signingKeys: readonly [SigningKey, ...SigningKey[]]
  /** The ways in which tokens are asked for. */
  readonly grants: readonly Grant[]
  /** Asked before a token is issued. */
  readonly record: RecordGate
  readonly cookieKeys: readonly string[]
  readonly tokenLifetimeSeconds: number
}
