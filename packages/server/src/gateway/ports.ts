import type { Attempt, CallOutcome, Enforcement, PresentedToken } from "@tabard/control"
import type { EffectClass, Id, ToolVersion, Upstream } from "@tabard/core"

export type { Attempt, CallOutcome, Enforcement }

/** Who calls: verified and live when the request came in. */
export type Caller = PresentedToken

/** What the gateway asks of the decision point. */
export interface GatewayDecisions {
  /** Decides, durably when it answers; a permit is spent for this call id, and asked again by it is the same permit. */
  enforce(attempt: Attempt): Promise<Enforcement>

  /** Answers the tools that are not plainly denied to the caller. */
  visibleTools(caller: Caller, server: Upstream): Promise<readonly ToolVersion[]>

  /** Answers whether the caller may still act at all: asked once more when a permitted call is about to go out. */
  stands(caller: Caller): Promise<boolean>

  /** Answers a tool as it was reviewed, or undefined where nobody has: whether it may be called is asked of enforce. */
  reviewed(server: Upstream, tool: string): Promise<ToolVersion | undefined>

  /** Records how a call ended, durably when it answers: an outcome is kept before its answer leaves. */
  finished(call: Id<"call">, outcome: CallOutcome): Promise<void>
}

/** Tells when something about an approval or an agent changed, so that a waiting call looks again at once. */
export interface Notices {
  /** Resolves at the next change, or after at most one second: the caller reads again either way. */
  changed(of: { approval: Id<"approval">; agent: Id<"agent"> }, signal: AbortSignal): Promise<void>
}

/** Turns a request into who makes it. */
export interface Authenticator {
  /** @throws {Unauthorized} where the request proves nobody. */
  authenticate(request: Request): Promise<Caller>

  /** Answers the challenge by which a client learns what to sign its person in for anew (RFC 6750 §3.1). */
  askForMore(request: Request, caller: Caller, scope: readonly EffectClass[]): string
}

/** Finds the servers behind the gateway. */
export interface UpstreamDirectory {
  /** Answers undefined where no server of this name is registered. */
  find(name: string): Promise<Upstream | undefined>
}

/** A request that proves nobody, with the answer that tells the client how to get a token. */
export class Unauthorized extends Error {
  override readonly name = "Unauthorized"
  readonly status: 400 | 401 | 403
  readonly headers: Readonly<Record<string, string>>
  readonly body: string

  constructor(answer: { status: 400 | 401 | 403; headers: Readonly<Record<string, string>>; body: string }) {
    super("the request is not authenticated")
    this.status = answer.status
    this.headers = answer.headers
    this.body = answer.body
  }
}
