import type { CodeFacts } from "../meaning/read-module.ts"

/** One file to be parsed. */
export interface ParseRequest {
  readonly id: number
  readonly path: string
  readonly text: string
}

/** What came of it; `refused` says why nothing did, and quotes nothing of the file. */
export type ParseAnswer =
  /** The thread is there, and waits for its first file. */
  | { readonly ready: true }
  | { readonly id: number; readonly facts: CodeFacts }
  | { readonly id: number; readonly refused: string }
