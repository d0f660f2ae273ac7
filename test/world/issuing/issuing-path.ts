import type { Credentials } from "@tabard/client"
import type { AgentState, Id, User } from "@tabard/core"
import type { IssuingWorld } from "./issuing-world.ts"

/** What came of asking: given, or the word with which it was refused. */
export type Answer = "given" | (string & {})

/** Parts on which a way to a token may stand besides an agent and its owner. */
export interface Parts {
  readonly task: string
  /** The install whose key proves who asks. */
  readonly key: Credentials
  /** The permission of one agent to act for another. */
  readonly delegation: string
  readonly rule: Id<"trustRule">
  /** A client that its person signed in. */
  readonly client: { readonly id: string; readonly grant: Id<"clientGrant"> }
  /** The person whom it serves, where that is another than the owner. */
  readonly served: Pick<User, "id" | "email">
  /** The token that was had before, and who may give it back. */
  readonly parent: { readonly token: string; readonly by: Credentials }
}

/** Everything that a way to a token needs, got while its agent stood. */
export interface Prepared {
  /** The agent on whom causes fall. */
  readonly agent: Id<"agent">
  readonly instance: Id<"instance">
  readonly owner: Pick<User, "id">
  readonly parts: Partial<Parts>
  /** Asks by this way now. */
  readonly ask: () => Promise<Answer>
}

/** What ends an agent's standing, or what it stands on. */
export type CauseName =
  | `it is ${AgentState}`
  | "a person suspends it"
  | "security quarantines it"
  | "a person retires it"
  | "its owner is switched off"
  | "its mandate is over"
  | "its install is revoked"
  | "its tokens are revoked"
  | "a received session-revoked names it"
  | "a received account-disabled names it"
  | "its task is closed"
  | "its key was followed by another, and its overlap is over"
  | "the delegation is withdrawn"
  | "its trust rule is removed"
  | "its client is signed out"
  | "its client is removed"
  | "the person served is switched off"
  | "a received session-revoked names the person served"
  | "the token before it is given back"

/** One cause: alone, and with nothing besides it. */
export interface Cause {
  /** The part that it takes away; null where it takes what every agent has. */
  readonly takes: keyof Parts | null
  readonly happens: (world: IssuingWorld, prepared: Prepared) => Promise<unknown>
}

/** One way by which an agent gets, or uses, what lets it act. */
export interface IssuingPath {
  /** The grant or the endpoint that it goes by, as the metadata names it; null where it is none of the issuer's. */
  readonly by: string | null
  prepare(world: IssuingWorld): Promise<Prepared>
  /** The parts that it does not stand on, each with the reason: what takes them away does not concern it. */
  readonly lacks: Partial<Readonly<Record<keyof Parts, string>>>
  /** The causes that concern it and that it need not heed, each with the reason. */
  readonly heedsNot: Partial<Readonly<Record<CauseName, string>>>
}
