import { codeReader } from "../code/code-reader.ts"
import { declarationReaders } from "../declarations/declaration-readers.ts"
import type { SourceReader } from "./source-reader.ts"

/** Answers the readers of source files, each new for one scan; a file may be of interest to more than one. */
export function sourceReaders(): readonly SourceReader[] {
  return [...declarationReaders, codeReader()]
}
