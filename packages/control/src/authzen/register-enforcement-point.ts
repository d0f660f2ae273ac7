import { type Id, isId, newId, Problem } from "@tabard/core"
import type { RecordContext } from "../audit/event/audit-event.ts"
import { recordEvent } from "../audit/event/record-event.ts"
import type { EnforcementPoint, RegisteredPoint } from "../decisions/enforcement-point-store.ts"
import type { Caller } from "../registry/caller.ts"
import type { Transact } from "../transaction.ts"

/** What registering enforcement points needs. */
export interface EnforcementPointDeps extends RecordContext {
  readonly transact: Transact<"agents" | "apiTokens" | "enforcementPoints" | "organisation" | "outbox">
}

/** A door to be registered. */
export interface EnforcementPointWish {
  readonly name: string
  readonly kind: EnforcementPoint["kind"]
  /** The API token that it asks with. */
  readonly apiToken: string
  readonly applications: readonly string[]
  /** Agents by id, or `*`. */
  readonly subjects: readonly string[]
  readonly asserts: EnforcementPoint["asserts"]
  readonly recorded: boolean
}

/** What a token has to be made for, to be an enforcement point's. */
export const ACCESS_SCOPES: readonly string[] = ["access:ask", "askDecisionPoint"]

/**
 * Registers an enforcement point: with which token it asks, in which applications, for whom, and what it may say that it
 * saw itself.
 *
 * @throws {Problem} not_allowed, api_token_not_found, agent_not_found, door_exists, body_invalid
 */
export async function registerEnforcementPoint(
  deps: EnforcementPointDeps,
  by: Caller,
  wish: EnforcementPointWish,
): Promise<RegisteredPoint> {
  assertMayRegister(by)
  return deps.transact(async (tx) => {
    const token = isId("apiToken", wish.apiToken) ? await tx.apiTokens.find(wish.apiToken) : undefined
    if (!token || token.revoked || token.expiresAt <= deps.clock.now())
      throw new Problem("api_token_not_found", "there is no such token that still works: make one first")
    if (!token.scopes.some((scope) => ACCESS_SCOPES.includes(scope)))
      throw new Problem(
        "body_invalid",
        `that token was not made to ask: make one with the scope ${ACCESS_SCOPES[0]}`,
      )
    const point: RegisteredPoint = {
      id: newId("enforcementPoint", deps.clock),
      name: wish.name,
      kind: wish.kind,
      subjects: wish.subjects.map(subjectOf),
      asserts: wish.asserts,
      apiToken: token.id,
      applications: wish.applications,
      recorded: wish.recorded,
      registeredBy: by.id,
      registeredAt: deps.clock.now(),
    }
    for (const subject of point.subjects)
      if (subject !== "*" && !(await tx.agents.find(subject)))
        throw new Problem("agent_not_found", `there is no agent ${subject}`)
    if (!(await tx.enforcementPoints.register(point)))
      throw new Problem("door_exists", "another enforcement point has this name or this token: choose others")
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "door.registered",
      actor: { kind: "user", id: by.id },
      data: dataOf(point),
    })
    return point
  })
}

/**
 * Ends an enforcement point: its token asks nothing any more.
 *
 * @throws {Problem} not_allowed, door_not_found
 */
export async function removeEnforcementPoint(
  deps: EnforcementPointDeps,
  by: Caller,
  { id, reason }: { readonly id: string; readonly reason: string },
): Promise<void> {
  assertMayRegister(by)
  await deps.transact(async (tx) => {
    const known = isId("enforcementPoint", id) ? await tx.enforcementPoints.registered(id) : undefined
    if (!known || !(await tx.enforcementPoints.remove(known.id)))
      throw new Problem("door_not_found", `there is no enforcement point ${id.slice(0, 80)}`)
    await tx.organisation.bumpVersion()
    await recordEvent(deps, tx.outbox, {
      type: "door.removed",
      actor: { kind: "user", id: by.id },
      data: { enforcementPoint: known.id, name: known.name, reason },
    })
  })
}

function dataOf({ id, name, kind, apiToken, applications, subjects, asserts, recorded }: RegisteredPoint) {
  return { enforcementPoint: id, name, kind, apiToken, applications, subjects, asserts, recorded }
}

function subjectOf(subject: string): Id<"agent"> | "*" {
  if (subject === "*" || isId("agent", subject)) return subject
  throw new Problem("agent_not_found", `there is no agent ${subject.slice(0, 80)}`)
}

/** Who says what a door saw decides what agents may do. */
function assertMayRegister({ role }: Caller): void {
  if (role !== "administrator")
    throw new Problem("not_allowed", "only administrators register and remove enforcement points")
}
