import { Problem, type ProblemCode } from "@tabard/core"
import { StoreProblem } from "@tabard/store"
import { problemJson } from "./problem-json.ts"

/** How each refusal is said over HTTP (RFC 9457). A new code does not compile until it has a line here. */
export const PROBLEM_STATUS: Readonly<
  Record<ProblemCode, 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503>
> = {
  agent_expired: 409,
  agent_not_active: 409,
  agent_not_found: 404,
  agent_orphaned: 409,
  agent_state_conflict: 409,
  api_token_invalid: 401,
  api_token_not_found: 404,
  application_invalid: 422,
  application_not_found: 404,
  door_exists: 409,
  door_not_found: 404,
  approval_already_resolved: 409,
  approval_expired: 409,
  approval_not_found: 404,
  approval_spent: 409,
  body_invalid: 422,
  body_too_large: 413,
  channel_not_found: 404,
  client_grant_not_found: 404,
  client_not_found: 404,
  client_request_not_found: 404,
  client_rule_exists: 409,
  client_rule_not_found: 404,
  cross_site_request: 403,
  decision_unavailable: 503,
  delegation_exists: 409,
  delegation_not_found: 404,
  delegation_refused: 403,
  audience_widened: 403,
  bounds_widened: 403,
  proof_required: 403,
  scope_widened: 403,
  delivery_not_found: 404,
  enrolment_invalid: 403,
  credential_not_found: 404,
  decision_not_found: 404,
  event_not_found: 404,
  finding_not_found: 404,
  scan_not_found: 404,
  finding_state_conflict: 409,
  idempotency_answer_gone: 409,
  idempotency_in_flight: 409,
  idempotency_key_reused: 422,
  instance_not_found: 404,
  key_already_enrolled: 409,
  last_administrator: 409,
  log_rotation_waiting: 409,
  log_unavailable: 503,
  log_pruned: 410,
  manager_invalid: 409,
  manifest_invalid: 422,
  not_allowed: 403,
  not_an_approver: 403,
  offer_not_found: 404,
  offer_not_open: 409,
  owner_must_accept: 422,
  people_invalid: 422,
  person_exists: 409,
  person_kept_by_scim: 409,
  person_not_found: 404,
  person_state_conflict: 409,
  provider_unavailable: 503,
  policy_invalid: 422,
  record_unavailable: 503,
  policy_conflict: 409,
  plan_changed: 409,
  policy_not_found: 404,
  reach_exists: 409,
  reach_not_found: 404,
  report_invalid: 422,
  reporter_not_found: 404,
  reporter_unknown: 401,
  reporters_unavailable: 503,
  register_invalid: 422,
  route_not_found: 404,
  scan_invalid: 422,
  scope_missing: 403,
  server_not_found: 404,
  second_person_needed: 403,
  self_government: 403,
  session_not_found: 404,
  session_required: 401,
  sighting_not_found: 404,
  sign_in_invalid: 403,
  sign_in_refused: 403,
  signal_conflict: 409,
  signal_source_not_found: 404,
  signal_stream_not_found: 404,
  sink_conflict: 409,
  sink_not_found: 404,
  task_not_found: 404,
  task_not_open: 409,
  team_exists: 409,
  team_kept_by_provider: 409,
  team_not_found: 404,
  too_many_requests: 429,
  tool_conflict: 409,
  tool_not_found: 404,
  trust_rule_invalid: 422,
  trust_rule_not_found: 404,
  view_conflict: 409,
  view_not_found: 404,
}

/** What a store says where neither a change nor its event was kept for sure. */
const LOST: readonly StoreProblem["code"][] = ["closed", "lost", "unreachable", "unwritable"]

/** Says an error over HTTP. What is not a Problem is a fault of ours, and says nothing. */
export function problemResponse(error: unknown): Response {
  if (error instanceof Problem) {
    return problemJson(PROBLEM_STATUS[error.code], error.code, error.message, challengeOf(error.code))
  }
  if (error instanceof StoreProblem && LOST.includes(error.code))
    return problemJson(
      503,
      "record_unavailable",
      "nothing can be written just now: look before you repeat what you asked for",
    )
  return problemJson(500, "internal_error", "Something went wrong here; the operator's log says what.")
}

/** How whoever is nobody here may prove to be somebody (RFC 9110 §11.6.1); browsers ask no person for a bearer token. */
function challengeOf(code: ProblemCode): Readonly<Record<string, string>> {
  const unknown = code === "session_required" || code === "api_token_invalid"
  return unknown ? { "www-authenticate": 'Bearer realm="tabard"' } : {}
}
