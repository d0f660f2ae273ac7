import type { AnswerOf, InputOf, Operations } from "@tabard/api"
import type { Id, User } from "@tabard/core"

/** A file as a browser saves it. */
export interface SentFile {
  /** Letters, digits, dots and hyphens alone: it stands in a header. */
  readonly name: string
  readonly type: "text/csv; charset=utf-8"
  readonly text: string
}

/** Who asks over the API, and what they may take with them. */
export interface RequestContext {
  /** Undefined only where the operation is public. */
  readonly user: User | undefined
  /** Undefined also where an API token asks. */
  readonly session: Id<"session"> | undefined
  /** Whether a person asks by their browser: neither an API token nor a command line. */
  readonly inPerson: boolean
  /** What the browser calls itself: a stranger's word. */
  readonly agent: string | null
  /** Sets the session's cookie on the answer; an empty token ends it. */
  setSession(token: string, expires: Date): void
  /** Sends a file to save in place of the answer. */
  sendFile(file: SentFile): void
}

/** A request of somebody who is signed in. */
export interface SignedIn extends RequestContext {
  readonly user: User
}

/** What answers one operation. It parses nothing and decides nothing: it calls one use case and shows what came of it. */
export type Handler<Name extends keyof Operations> = (
  context: Name extends PublicOperation ? RequestContext : SignedIn,
  input: InputOf<Operations[Name]>,
) => Promise<AnswerOf<Operations[Name]>>

/** The operations that a stranger may call; the mount holds this list against the table. */
export type PublicOperation =
  | "checkSignIn"
  | "getSignInWays"
  | "signIn"
  | "enrol"
  | "enrolReporter"
  | "rotateKey"

/** One handler for each operation: a new operation does not compile until it has one. */
export type Handlers = { readonly [Name in keyof Operations]: Handler<Name> }
