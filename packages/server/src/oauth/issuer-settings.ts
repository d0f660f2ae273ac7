import type { IncomingMessage } from "node:http"
import type { IssueTokenDeps, RecordGate, SeenAtDoor, Shelf } from "@tabard/control"
import type { OutsideKeys } from "../federation/outside-keys.ts"
import type { TargetRules } from "../notifications/guard-address.ts"
import type { Grant } from "./grants/grant.ts"
import type { KnownStanding } from "./known-standing.ts"
import type { ProofNonces } from "./proof-nonces.ts"
import type { SettledTokens } from "./settled-tokens.ts"
import type { IssuerKeys } from "./signing-keys.ts"

/** What issuing at the token endpoint is configured from. */
export interface IssuerSettings extends IssueTokenDeps {
  readonly shelf: Shelf
  readonly transact: Shelf["transact"]
  readonly issuer: string
  /** What tokens are issued for (RFC 8707): the gateway, and by addresses below it one server behind it. */
  readonly resource: string
  readonly keys: IssuerKeys
  /** The keys of outside issuers whose workloads are agents. */
  readonly outsideKeys: OutsideKeys
  /** The issuer of the OpenID provider that people sign in by; null where there is none. */
  readonly provider: string | null
  /** Where this server may lead by itself: to the descriptions of clients that name themselves by their address. */
  readonly outside: TargetRules
  /** The ways in which tokens are asked for. */
  readonly grants: readonly Grant[]
  /** Asked before a token is issued. */
  readonly record: RecordGate
  /** The address that a request counts for. */
  readonly addressOf: (request: IncomingMessage) => string
  /** What is seen of the way that a request came: its address, and whether by the private endpoint. */
  readonly seenOf: (request: IncomingMessage) => SeenAtDoor
  /** How long somebody has to wait, in seconds, before they may begin what a person is to answer; 0 where they may now. */
  readonly begun: (who: string) => number
  readonly cookieKeys: readonly string[]
  readonly nonces: ProofNonces
  /** How tokens stand. */
  readonly standing: KnownStanding
  /** What the organisation has settled about tokens. */
  readonly settled: SettledTokens
}
