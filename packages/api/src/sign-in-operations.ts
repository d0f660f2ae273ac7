import { z } from "zod"
import { Nothing, SignIn } from "./inputs.ts"
import type { Operation } from "./operation.ts"
import { get, post } from "./operation-makers.ts"
import { SessionView } from "./views/person.ts"

/** What a sign-in link leads to: whether the first administrator still has to say who they are. */
export interface SignInState {
  readonly firstAdministrator: boolean
}

/** Who comes in by a one-time link, and who is signed in. */
export interface SignInOperations {
  readonly checkSignIn: Operation<{ code: string }, SignInState>
  readonly signIn: Operation<SignIn, SessionView>
  readonly getSession: Operation<Nothing, SessionView>
  readonly signOut: Operation<Nothing, Nothing>
}

export const SIGN_IN_OPERATIONS: SignInOperations = {
  checkSignIn: post(
    "/sign-in/check",
    "public",
    "Says what a sign-in link leads to, without using it",
    z.strictObject({ code: z.string().min(1).max(64) }),
    z.object({ firstAdministrator: z.boolean() }),
  ),
  signIn: post("/sign-in", "public", "Signs in by a one-time link", SignIn, SessionView),
  getSession: get("/session", "signed-in", "Who is signed in", Nothing, SessionView),
  signOut: post("/sign-out", "signed-in", "Ends this session", Nothing, Nothing),
}
