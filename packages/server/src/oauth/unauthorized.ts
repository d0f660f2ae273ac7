import { AGENT_SIGNING_ALGORITHMS } from "./public-key.ts"

/** What is wrong with a request's authentication, in the words of RFC 6750 §3.1 and RFC 9449 §7.1. */
export type AuthenticationError =
  | "invalid_request"
  | "invalid_token"
  | "invalid_dpop_proof"
  | "use_dpop_nonce"

/** A refusal of a door: everything that its answer needs. */
export class Unauthorized extends Error {
  override readonly name = "Unauthorized"
  readonly status: 400 | 401
  readonly headers: Readonly<Record<string, string>>
  readonly body: { readonly error: AuthenticationError | "unauthorized"; readonly error_description: string }

  /** Without an error it is the plain challenge for a request that brought nothing. */
  constructor(
    resourceMetadata: string,
    error: AuthenticationError | null,
    description: string,
    { nonce, ...options }: ErrorOptions & { readonly nonce?: string } = {},
  ) {
    super(description, options)
    this.status = error === "invalid_request" ? 400 : 401
    this.headers = {
      "www-authenticate": challenge(resourceMetadata, error, description),
      ...(nonce !== undefined && { "dpop-nonce": nonce }),
    }
    this.body = { error: error ?? "unauthorized", error_description: description }
  }
}

/** Says how to authenticate here, and where it is described (RFC 9728 §5.1). */
function challenge(resourceMetadata: string, error: AuthenticationError | null, description: string): string {
  return written("DPoP", {
    ...(error && { error, error_description: description }),
    algs: AGENT_SIGNING_ALGORITHMS.join(" "),
    resource_metadata: resourceMetadata,
  })
}

/**
 * Answers the challenge to a token that stands and is not good for enough, in the scheme that it came by: what this one
 * request needs (RFC 6750 §3.1), whatever else the token is good for.
 */
export function scopeChallenge(
  resourceMetadata: string,
  { scope, jkt }: { readonly scope: readonly string[]; readonly jkt: string | null },
): string {
  return written(jkt === null ? "Bearer" : "DPoP", {
    error: "insufficient_scope",
    error_description: "the token is not good for what this call does; ask for one that is",
    scope: scope.join(" "),
    ...(jkt !== null && { algs: AGENT_SIGNING_ALGORITHMS.join(" ") }),
    resource_metadata: resourceMetadata,
  })
}

function written(scheme: "Bearer" | "DPoP", parameters: Readonly<Record<string, string>>): string {
  const list = Object.entries(parameters).map(([name, value]) => `${name}="${quotable(value)}"`)
  return `${scheme} ${list.join(", ")}`
}

/** Only what a quoted string may hold unescaped (RFC 6749 §5.2). */
function quotable(text: string): string {
  return text.replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, "'")
}
