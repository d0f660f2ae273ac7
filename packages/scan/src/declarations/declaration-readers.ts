import type { SourceReader } from "../sources/source-reader.ts"
import { workflowReader } from "./ci/workflow-reader.ts"

/** Every reader of files that declare agents instead of programming them. */
export const declarationReaders: readonly SourceReader[] = [workflowReader]
