import { z } from "zod"
import { administrators, readers } from "./access-groups.ts"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post, put } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import {
  DeadLetterFilter,
  DeadLetterRetryInput,
  SinkChangeInput,
  SinkInput,
  SinkReplayInput,
} from "./sink-inputs.ts"
import { DeadLetterView, ShownSinkView, SinkView } from "./views/sink.ts"

/** What came of a test. */
export interface SinkTest {
  readonly taken: boolean
  /** Why it was not. */
  readonly said: string | null
}

/** How the record is exported. */
export interface SinkOperations {
  readonly listSinks: Operation<PageQuery, Page<SinkView>>
  readonly getSink: Operation<ById, SinkView>
  readonly makeSink: Operation<SinkInput, ShownSinkView>
  readonly changeSink: Operation<SinkChangeInput, ShownSinkView>
  readonly removeSink: Operation<ById, Nothing>
  readonly pauseSink: Operation<ById, SinkView>
  readonly resumeSink: Operation<ById, SinkView>
  readonly testSink: Operation<ById, SinkTest>
  readonly replaySink: Operation<SinkReplayInput, { readonly again: number }>
  readonly listDeadLetters: Operation<DeadLetterFilter, Page<DeadLetterView>>
  readonly retryDeadLetters: Operation<DeadLetterRetryInput, { readonly letters: number }>
}

export const SINK_OPERATIONS: SinkOperations = {
  listSinks: list("/sinks", readers, "Where the record is exported to, and how each does", Paged, SinkView),
  getSink: get("/sinks/:id", readers, "One sink, with how it does", ById, SinkView),
  makeSink: post(
    "/sinks",
    administrators,
    "Makes a sink; a webhook's signing secret is answered this once",
    SinkInput,
    ShownSinkView,
  ),
  changeSink: put(
    "/sinks/:id",
    administrators,
    "Changes what a sink carries and how; its kind and its place stay",
    SinkChangeInput,
    ShownSinkView,
  ),
  pauseSink: post("/sinks/:id/pause", administrators, "Has a sink wait where it is", ById, SinkView),
  resumeSink: post(
    "/sinks/:id/resumption",
    administrators,
    "Lets a sink go on from where it is",
    ById,
    SinkView,
  ),
  testSink: post(
    "/sinks/:id/test",
    administrators,
    "Carries one item that says that it is a test, at once",
    ById,
    z.object({ taken: z.boolean(), said: z.string().nullable() }),
  ),
  replaySink: post(
    "/sinks/:id/replay",
    administrators,
    "Carries everything from a place on again, under the same keys",
    SinkReplayInput,
    z.object({ again: z.number() }),
  ),
  listDeadLetters: list(
    "/sinks/:id/dead-letters",
    readers,
    "What a sink's receiver refused, the newest first",
    DeadLetterFilter,
    DeadLetterView,
  ),
  retryDeadLetters: post(
    "/sinks/:id/dead-letters/retry",
    administrators,
    "Has dead letters tried again, those named or all",
    DeadLetterRetryInput,
    z.object({ letters: z.number() }),
  ),
  removeSink: post(
    "/sinks/:id/removal",
    administrators,
    "Removes a sink with its secrets, its place and its dead letters",
    ById,
    Nothing,
  ),
}
