import { z } from "zod"
import { ById, Nothing } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, list, post } from "./operation-makers.ts"
import { type Page, Paged, type PageQuery } from "./paging.ts"
import { OwnSessionView } from "./views/session.ts"

/** How one can sign in besides one-time links. */
export interface SignInWays {
  /** The OpenID provider by its name, and where the way to it begins. */
  readonly provider: { readonly name: string; readonly path: string } | null
}

/** A person's own sessions, wherever they are signed in. */
export interface SessionOperations {
  readonly getSignInWays: Operation<Nothing, SignInWays>
  readonly listSessions: Operation<PageQuery, Page<OwnSessionView>>
  readonly endSession: Operation<ById, Nothing>
  readonly endAllSessions: Operation<Nothing, { readonly ended: number }>
}

export const SESSION_OPERATIONS: SessionOperations = {
  getSignInWays: get(
    "/sign-in/ways",
    "public",
    "How one can sign in besides one-time links",
    Nothing,
    z.object({ provider: z.object({ name: z.string(), path: z.string() }).nullable() }),
  ),
  listSessions: list(
    "/sessions",
    "signed-in",
    "Where one is signed in oneself, newest first",
    Paged,
    OwnSessionView,
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
