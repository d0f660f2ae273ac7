import { z } from "zod"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, type Page, page, post } from "./operation-makers.ts"
import { OwnSessionView } from "./views/session.ts"

/** A person's own sessions, wherever they are signed in. */
export interface SessionOperations {
  readonly listSessions: Operation<Nothing, Page<OwnSessionView>>
  readonly endSession: Operation<ById, Nothing>
  readonly endAllSessions: Operation<Nothing, { readonly ended: number }>
}

export const SESSION_OPERATIONS: SessionOperations = {
  listSessions: get(
    "/sessions",
    "signed-in",
    "Where one is signed in oneself, newest first",
    Nothing,
    page(OwnSessionView),
  ),
  endSession: post("/sessions/:id/ending", "signed-in", "Ends one of one's own sessions", ById, Nothing),
  endAllSessions: post(
    "/sessions/ending",
    "signed-in",
    "Signs oneself out everywhere, here too",
    Nothing,
    z.object({ ended: z.number() }),
  ),
}
