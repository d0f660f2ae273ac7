import type { AutonomyLevel } from "@tabard/core"
import type { ServerSighting, SettingSighting } from "../configurations/observation.ts"
import type { ReadingContext } from "../configurations/read-configuration.ts"
import type { CredentialSighting } from "../credentials/credential-reader.ts"

/** An agent that a source file declares: a constructor call, a workflow step, a node of a low-code export, a resource. */
export interface SourceAgent {
  /** An id, or alias, of the known frameworks. */
  readonly framework: string
  /** What it calls itself, else the variable or function that it is kept in, else null. */
  readonly name: string | null
  readonly category: "chatbot" | "local" | "production"
  readonly line: number | null
  /** What was seen there, in words; it never quotes a secret. */
  readonly what: string
  readonly confidence: "high" | "medium" | "low"
  /** What the declaration itself says; `not_stated` where it is silent and the framework's default is not known. */
  readonly level: AutonomyLevel
  /** What makes it so, and whatever else decides how freely it acts: triggers, guards, token permissions. */
  readonly settings: readonly SettingSighting[]
  readonly servers: readonly ServerSighting[]
  readonly credentials: readonly CredentialSighting[]
}

/** What one source file said. */
export interface SourceRead {
  readonly agents: readonly SourceAgent[]
  /** Servers that the file declares without an agent. */
  readonly servers: readonly ServerSighting[]
  /** Credentials that belong to no agent of the file. */
  readonly credentials: readonly CredentialSighting[]
  /** What of the file could not be read, if anything. */
  readonly shortfall: string | undefined
}

/** One file's text, and where it stands. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** What one source file said, and which one. */
export interface SourceObservation extends Omit<SourceRead, "shortfall"> {
  readonly path: string
}

/** Reads one kind of source file. It runs nothing, and answers for hostile text within its deadline. */
export interface SourceReader {
  /** Whether such names are rare enough for a word where a file of one is too large to be read. */
  readonly tellsTooLarge: boolean
  /** Whether a file that a known client reads says all there is to say as that client's. */
  readonly leavesToClients?: boolean
  /**
   * Answers, from the path alone, whether such a file is worth opening; `beneath` is what of it lies below the root,
   * and all of it where the root is the file itself.
   */
  wants(path: string, beneath: string): boolean
  /** Answers, from the text alone and cheaply, whether the file could declare anything. */
  mayDeclare(text: string): boolean
  /** Throws MalformedDocument where the text cannot be read. */
  read(file: SourceFile, context: ReadingContext, signal: AbortSignal): Promise<SourceRead>
  /** Lets go of what reading took; nothing is read after it. */
  close?(): Promise<void>
}
