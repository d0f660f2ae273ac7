import { Problem } from "@tabard/core"

/** Where in a policy's text something is wrong; both count from one. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/** A policy that cannot be put into force: it does not parse, or says something of the schema that is not so. */
export class PolicyInvalid extends Problem {
  readonly policy: string
  /** What is wrong, without its place. */
  readonly words: string
  readonly position: TextPosition

  constructor(policy: string, message: string, position: TextPosition = { line: 1, column: 1 }) {
    super("policy_invalid", `policy ${policy}, line ${position.line}, column ${position.column}: ${message}`)
    this.policy = policy
    this.words = message
    this.position = position
  }
}

/** Turns Cedar's byte offset into what an editor shows. */
export function positionAt(text: string, byteOffset: number): TextPosition {
  const before = Buffer.from(text).subarray(0, byteOffset).toString().split("\n")
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 }
}
