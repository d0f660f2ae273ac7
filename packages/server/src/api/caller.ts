import { isWithinScopes, scopesOf } from "@tabard/api"
import { COMMAND_LINE_PREFIX, type TokenUser } from "@tabard/control"
import { type Id, Problem, type User } from "@tabard/core"
import { sessionToken } from "../http/session-cookie.ts"

/** Who asks: a person by their session, or a machine by a person's token. */
export type ApiCaller =
  | {
      readonly kind: "session"
      readonly user: User
      readonly session: Id<"session">
      /** Where its token is held: whatever runs at a command line can ask with that one. */
      readonly at: "browser" | "command line"
    }
  | ({ readonly kind: "token" } & TokenUser)

/** How callers are known. */
export interface CallerDeps {
  /** The console's address, by which its cookie is named. */
  readonly publicUrl: string
  /** Answers who a session's token belongs to; what is asked for while nobody is there is no use of the session. */
  readonly signedIn: (
    token: string,
    unattended: boolean,
  ) => Promise<{ user: User; session: Id<"session"> } | undefined>
  /** Answers for whom an API token asks. */
  readonly tokenUser: (token: string) => Promise<TokenUser | undefined>
}

/** Answers the API token that a request carries, in the one place where one is taken. */
export function bearerToken(request: Request): string | undefined {
  return /^bearer +(.*)$/i.exec(request.headers.get("authorization") ?? "")?.[1]
}

/**
 * Answers who asks, or undefined where nobody proves to be anybody. A request that proves two things at once is refused:
 * which of them was meant would be a guess.
 *
 * @throws {Problem} api_token_invalid
 */
export async function callerOf(deps: CallerDeps, request: Request): Promise<ApiCaller | undefined> {
  const [token, cookie] = [bearerToken(request), sessionToken(request, deps.publicUrl)]
  if (token === undefined) {
    const found = cookie ? await deps.signedIn(cookie, isUnattended(request)) : undefined
    return found && { kind: "session", at: "browser", ...found }
  }
  if (cookie) throw new Problem("api_token_invalid", "send a session's cookie or an API token, not both")
  if (token.startsWith(COMMAND_LINE_PREFIX)) return signedInAt(deps, token)
  const found = await deps.tokenUser(token)
  if (!found)
    throw new Problem("api_token_invalid", "this API token is unknown, over or revoked: have one made")
  return { kind: "token", ...found }
}

/** A person at a command line, who signed it in by a code: no browser sends such a token by itself. */
async function signedInAt(deps: CallerDeps, token: string): Promise<ApiCaller> {
  const found = await deps.signedIn(token, false)
  if (found) return { kind: "session", at: "command line", ...found }
  throw new Problem(
    "api_token_invalid",
    "this command line is signed out: sign it in again with tabard login",
  )
}

/** Whether the console says that nobody sat before it: whoever says so can only shorten their own session by it. */
function isUnattended(request: Request): boolean {
  return request.headers.get("x-tabard-unattended") === "1"
}

/**
 * Lets a token through to what it was made for alone.
 *
 * @throws {Problem} scope_missing
 */
export function assertWithinScopes(operation: string, caller: ApiCaller | undefined): void {
  if (caller?.kind !== "token" || isWithinScopes(operation, caller.apiToken.scopes)) return
  const scopes = scopesOf(operation)
  const next =
    scopes.length > 0
      ? `have one made with one of the scopes ${scopes.join(", ")}`
      : "a person does that, signed in"
  throw new Problem("scope_missing", `this API token was not made for ${operation}: ${next}`)
}
