/** Every refusal the control plane can give. A code, once released, keeps its meaning. */
export type ProblemCode =
  | "agent_not_found"
  | "agent_not_active"
  | "agent_expired"
  | "agent_orphaned"
  | "agent_state_conflict"
  | "api_token_invalid"
  | "api_token_not_found"
  | "approval_not_found"
  | "approval_already_resolved"
  | "approval_expired"
  | "approval_spent"
  | "not_an_approver"
  | "enrolment_invalid"
  | "key_already_enrolled"
  | "finding_not_found"
  | "finding_state_conflict"
  | "idempotency_answer_gone"
  | "idempotency_in_flight"
  | "idempotency_key_reused"
  | "instance_not_found"
  | "server_not_found"
  | "tool_not_found"
  | "task_not_found"
  | "task_not_open"
  | "owner_must_accept"
  | "offer_not_found"
  | "offer_not_open"
  | "person_exists"
  | "person_not_found"
  | "register_invalid"
  | "last_administrator"
  | "manifest_invalid"
  | "policy_invalid"
  | "scan_invalid"
  | "sighting_not_found"
  | "report_invalid"
  | "reporter_not_found"
  | "reporter_unknown"
  | "reporters_unavailable"
  | "too_many_requests"
  | "sign_in_invalid"
  | "session_not_found"
  | "session_required"
  | "scope_missing"
  | "not_allowed"
  | "cross_site_request"
  | "body_invalid"
  | "body_too_large"
  | "route_not_found"
  | "record_unavailable"
  | "decision_unavailable"

/** A refusal that a caller is meant to read; anything else that is thrown is a fault of ours. */
export class Problem extends Error {
  override readonly name = "Problem"
  readonly code: ProblemCode

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
