import type { Id } from "../ids.ts"
import type { PublicJwk } from "./instance.ts"
import type { TierName } from "./tier.ts"

/** A program through which people sign in an agent of theirs, such as an MCP client, as somebody registered it here. */
export interface Client {
  readonly id: Id<"client">
  readonly name: string
  /** Where people may be led back to, to the letter; only the port of a loopback address is the client's to choose. */
  readonly redirectUris: readonly string[]
  /** The keys by which it authenticates itself; one without any is public, and proves itself by nothing but PKCE. */
  readonly keys: readonly PublicJwk[]
  /** Null where it registered itself with a one-time token. */
  readonly createdBy: Id<"user"> | null
  readonly createdAt: Date
  readonly removedAt: Date | null
}

/** What a client is known by: our id of one that was registered, or the address of its metadata document. */
export type ClientId = string

/** What one person lets one client do: to act for them as one agent, through an instance of its own. */
export interface ClientGrant {
  readonly id: Id<"clientGrant">
  readonly user: Id<"user">
  readonly client: ClientId
  /** What the client called itself when it was asked for last. */
  readonly name: string
  readonly agent: Id<"agent">
  /** What its tokens are issued to; null until the person has agreed. */
  readonly instance: Id<"instance"> | null
  readonly askedAt: Date
  readonly agreedAt: Date | null
  readonly endedAt: Date | null
  /** Whether its person ended it by signing the client out: then their provider's later word lets it in again. */
  readonly signedOut: boolean
}

/** A client that is adopted for whoever signs it in: what an administrator wrote down once for many people. */
export interface ClientRule {
  readonly id: Id<"clientRule">
  /** A client's id, or the host that the addresses of metadata documents have. */
  readonly match: string
  readonly purpose: string
  readonly tier: TierName
  /** For how many days an adoption by this rule lasts. */
  readonly days: number
  readonly createdBy: Id<"user">
  readonly createdAt: Date
  readonly removedAt: Date | null
}
