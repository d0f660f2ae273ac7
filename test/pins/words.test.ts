import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { EVENT_TYPES } from "@tabard/control"
import { AGENT_STATES, EFFECT_CLASSES, EFFECTS, nextState, ROLES, TIERS, TRANSITIONS } from "@tabard/core"
import { PROBLEM_STATUS, problemResponse } from "../../packages/server/src/http/problem-response.ts"

// What others read from the wire and the log. A word is added here when it is added there; none is ever changed.
describe("words that others rely on", () => {
  it("are the codes of refusals, each with its status", () => {
    assert.deepEqual(
      { ...PROBLEM_STATUS },
      {
        agent_expired: 409,
        agent_not_active: 409,
        agent_not_found: 404,
        agent_orphaned: 409,
        agent_state_conflict: 409,
        api_token_invalid: 401,
        api_token_not_found: 404,
        approval_already_resolved: 409,
        approval_expired: 409,
        approval_not_found: 404,
        approval_spent: 409,
        body_invalid: 422,
        body_too_large: 413,
        channel_not_found: 404,
        cross_site_request: 403,
        decision_unavailable: 503,
        delivery_not_found: 404,
        enrolment_invalid: 403,
        credential_not_found: 404,
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
        manager_invalid: 409,
        manifest_invalid: 422,
        not_allowed: 403,
        not_an_approver: 403,
        offer_not_found: 404,
        offer_not_open: 409,
        owner_must_accept: 422,
        people_invalid: 422,
        person_exists: 409,
        person_not_found: 404,
        provider_unavailable: 503,
        policy_invalid: 422,
        log_pruned: 410,
        record_unavailable: 503,
        report_invalid: 422,
        reporter_not_found: 404,
        reporter_unknown: 401,
        reporters_unavailable: 503,
        register_invalid: 422,
        route_not_found: 404,
        scan_invalid: 422,
        scope_missing: 403,
        server_not_found: 404,
        session_not_found: 404,
        session_required: 401,
        sighting_not_found: 404,
        sign_in_invalid: 403,
        sign_in_refused: 403,
        task_not_found: 404,
        task_not_open: 409,
        team_exists: 409,
        team_kept_by_provider: 409,
        team_not_found: 404,
        too_many_requests: 429,
        tool_not_found: 404,
        view_conflict: 409,
        view_not_found: 404,
      },
    )
  })

  it("are the members of a refusal of ours that says nothing", async () => {
    const response = problemResponse(new Error("select secret from key"))
    assert.equal(response.headers.get("content-type"), "application/problem+json")
    assert.deepEqual(await response.json(), {
      type: "urn:tabard:problem:internal_error",
      title: "internal error",
      status: 500,
      code: "internal_error",
      detail: "Something went wrong here; the operator's log says what.",
    })
  })

  it("are the types of events", () => {
    assert.deepEqual(
      [...EVENT_TYPES],
      [
        "agent.activated",
        "agent.described",
        "agent.discovered",
        "agent.dismissed",
        "agent.entered",
        "agent.merged",
        "agent.proposed",
        "agent.reappeared",
        "agent.reopened",
        "agent.resumed",
        "agent.retired",
        "agent.retiring",
        "agent.split",
        "agent.suspended",
        "agent.vanished",
        "api-token.made",
        "api-token.revoked",
        "approval.approved",
        "approval.cancelled",
        "approval.denied",
        "approval.expired",
        "approval.requested",
        "approval.spent",
        "call.decided",
        "call.finished",
        "channel.made",
        "channel.removed",
        "channel.rotated",
        "credential.discovered",
        "credential.reappeared",
        "credential.vanished",
        "delivery.retried",
        "enrolment.offered",
        "enrolment.refused",
        "finding.accepted",
        "finding.opened",
        "finding.reopened",
        "finding.resolved",
        "instance.enrolled",
        "instance.revoked",
        "log.rotated",
        "log.rotation-asked",
        "maintainer.added",
        "maintainer.removed",
        "maintainer.team-added",
        "maintainer.team-removed",
        "manifest.put",
        "notifications.chosen",
        "ownership.accepted",
        "ownership.declined",
        "ownership.expired",
        "ownership.offered",
        "ownership.withdrawn",
        "people.imported",
        "person.bound",
        "person.deactivated",
        "person.entered",
        "person.erased",
        "person.invited",
        "person.manager-changed",
        "person.provisioned",
        "person.reactivated",
        "person.renamed",
        "person.role-changed",
        "person.unbound",
        "register.imported",
        "report.refused",
        "reporter.enrolled",
        "reporter.offered",
        "reporter.revoked",
        "scan.finished",
        "server.discovered",
        "server.registered",
        "session.ended",
        "session.started",
        "settings.changed",
        "task.closed",
        "task.expired",
        "task.opened",
        "team.changed",
        "team.made",
        "team.member-added",
        "team.member-removed",
        "team.removed",
        "token.issued",
        "token.refused",
        "token.revoked",
        "view.removed",
        "view.saved",
      ],
    )
  })

  it("are the roles, tiers, effects and effect classes", () => {
    assert.deepEqual([...ROLES], ["administrator", "security", "auditor", "member"])
    assert.deepEqual([...TIERS], ["read-only", "transactional", "operator"])
    assert.deepEqual([...EFFECTS], ["permit", "ask", "deny"])
    assert.deepEqual(
      [...EFFECT_CLASSES],
      ["read", "write", "delete", "execute", "financial", "infrastructure", "egress"],
    )
  })

  it("are the ways of an agent's life, and no other", () => {
    const ways = Object.keys(TRANSITIONS).flatMap((name) =>
      AGENT_STATES.flatMap((from) => {
        const to = nextState(from, name as keyof typeof TRANSITIONS)
        return to ? [`${from} ${name} ${to}`] : []
      }),
    )
    assert.deepEqual(ways.toSorted(), [
      "active quarantine quarantined",
      "active retire retiring",
      "active suspend suspended",
      "discovered dismiss dismissed",
      "discovered propose proposed",
      "dismissed reopen discovered",
      "proposed activate active",
      "proposed dismiss dismissed",
      "proposed retire retiring",
      "quarantined resume active",
      "quarantined retire retiring",
      "quarantined suspend suspended",
      "retiring finish retired",
      "suspended resume active",
      "suspended retire retiring",
    ])
  })
})
