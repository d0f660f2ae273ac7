import { TokenRefused } from "@tabard/control"
import { Problem, type ProblemCode } from "@tabard/core"
import { errors } from "./oidc-provider.ts"

/** How a refusal to issue is said at the token endpoint (RFC 6749 §5.2, RFC 9396 §5). */
const REFUSALS: Readonly<Partial<Record<ProblemCode, (message: string) => Error>>> = {
  instance_not_found: (message) => new errors.InvalidClientAuth(message),
  agent_not_found: (message) => new errors.UnauthorizedClient(message),
  agent_not_active: (message) => new errors.UnauthorizedClient(message),
  agent_orphaned: (message) => new errors.UnauthorizedClient(message),
  agent_expired: (message) => new errors.UnauthorizedClient(message),
  not_allowed: (message) => new errors.UnauthorizedClient(message),
  not_an_approver: (message) => new errors.AccessDenied(message),
  approval_spent: (message) => new errors.InvalidGrant(message),
  proof_required: (message) => new errors.InvalidGrant(message),
  task_not_found: (message) => new errors.InvalidAuthorizationDetails(message),
  task_not_open: (message) => new errors.InvalidAuthorizationDetails(message),
  // RFC 8693 §2.2.2: what may not be delegated is an unacceptable request; target and scope have words of their own.
  audience_widened: (message) => new errors.InvalidTarget(message),
  bounds_widened: (message) => new errors.InvalidAuthorizationDetails(message),
  delegation_refused: (message) => new errors.InvalidRequest(message),
  scope_widened: (message) => new errors.InvalidScope(message, ""),
}

/** A refusal because of a fault of ours: whoever asks is told to come again, and the fault is the operator's to hear. */
export class Unjudgeable extends errors.TemporarilyUnavailable {
  readonly fault: Problem

  constructor(fault: Problem) {
    super(
      "whether a token may be issued cannot be judged just now: ask again later, or tell whoever runs this server",
    )
    this.fault = fault
  }
}

/** Answers a thrown value in the words of OAuth. What nothing here names is a fault of ours and stays what it is. */
export function oauthRefusal(error: unknown): unknown {
  if (error instanceof TokenRefused) return new errors.InvalidRequest(error.message)
  if (!(error instanceof Problem)) return error
  // A policy in force cannot be read: its words are for whoever looks after policies.
  if (error.code === "policy_invalid") return new Unjudgeable(error)
  return REFUSALS[error.code]?.(error.message) ?? error
}
