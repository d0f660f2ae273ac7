import {
  ARGUMENT_ROLES,
  type ArgumentRole,
  EFFECT_CLASSES,
  type EffectClass,
  isId,
  newId,
  Problem,
  type ToolVersion,
  type Upstream,
} from "@tabard/core"
import { argumentShapes, type Shape } from "@tabard/policy"
import { pinnedTool } from "../decisions/policies-in-force.ts"
import { type Caller, isSteward } from "../registry/caller.ts"
import { type PutVersionDeps, putVersion } from "./put-version.ts"

/** What a tool does and what its arguments are for, as a person says. */
export interface ToolCorrection {
  /** The version that the person saw. */
  readonly version: string
  readonly effects: readonly EffectClass[]
  readonly roles: ToolVersion["roles"]
  readonly reason: string
}

/**
 * Corrects a pinned tool's effect classes and argument roles. It binds to this definition alone, is a new version of what
 * policies are judged against, and is in force at once; manifests are compiled anew with it. Security and administrators correct
 * either way; who registered the server may add, and take nothing away.
 *
 * @throws {Problem} tool_not_found, tool_conflict, not_allowed, body_invalid
 */
export async function correctTool(
  deps: PutVersionDeps,
  by: Caller,
  { version: id, effects, roles, reason }: ToolCorrection,
): Promise<ToolVersion> {
  return deps.transact(async (tx) => {
    const seen = await findVersion(tx, id)
    const server = await tx.servers.find(seen.server)
    if (!server) throw new Problem("tool_not_found", `the server of ${id} is not behind the gateway any more`)
    const corrected = {
      ...seen,
      id: newId("toolVersion", deps.clock),
      effects: EFFECT_CLASSES.filter((effect) => effects.includes(effect)),
      roles: ordered(roles),
      pinnedAt: deps.clock.now(),
      review: { by: by.id, reason, corrected: true },
    } satisfies ToolVersion
    assertMayCorrect(by, server, { seen, corrected })
    assertFits(corrected)
    return putVersion(deps, tx, { server, seen, version: corrected })
  })
}

async function findVersion(
  { servers }: Pick<Parameters<typeof putVersion>[1], "servers">,
  id: string,
): Promise<ToolVersion> {
  const found = isId("toolVersion", id) ? await servers.findVersion(id) : undefined
  if (!found) throw new Problem("tool_not_found", `there is no tool ${id.slice(0, 100)}`)
  return found
}

/** One spelling of the same roles, so that saying them again changes nothing. */
function ordered(roles: ToolVersion["roles"]): ToolVersion["roles"] {
  return Object.fromEntries(
    Object.keys(roles)
      .toSorted()
      .map((name) => [name, ARGUMENT_ROLES.filter((role) => roles[name]?.includes(role))] as const)
      .filter(([, own]) => own.length > 0),
  )
}

function assertMayCorrect(
  by: Caller,
  { registeredBy }: Upstream,
  { seen, corrected }: { readonly seen: ToolVersion; readonly corrected: ToolVersion },
): void {
  if (isSteward(by)) return
  if (by.id !== registeredBy) {
    throw new Problem(
      "not_allowed",
      "security, administrators, and who registered the server may correct its tools",
    )
  }
  const dropped = seen.effects.find((effect) => !corrected.effects.includes(effect))
  if (dropped || (seen.effects.length === 0 && corrected.effects.length < EFFECT_CLASSES.length)) {
    throw new Problem("not_allowed", "only security and administrators may say that a tool does less")
  }
  const untold = Object.entries(seen.roles).some(([name, own]) =>
    own.some((role) => !rolesOf(corrected, name).includes(role)),
  )
  if (untold)
    throw new Problem("not_allowed", "only security and administrators may take a role from an argument")
}

function rolesOf({ roles }: Pick<ToolVersion, "roles">, name: string): readonly ArgumentRole[] {
  return Object.hasOwn(roles, name) ? (roles[name] ?? []) : []
}

/** A role that no value of the argument could play would be one in name only. */
function assertFits(corrected: ToolVersion): void {
  if (corrected.effects.length === 0) {
    throw new Problem("body_invalid", "a tool has at least one effect: one that changes nothing reads")
  }
  const shapes = argumentShapes({ ...pinnedTool(corrected), roles: {} })
  if ("unjudgeable" in shapes) {
    if (Object.keys(corrected.roles).length === 0) return
    throw new Problem(
      "body_invalid",
      `${corrected.name} cannot be judged, so its arguments have no roles: ${shapes.unjudgeable}`,
    )
  }
  for (const [name, roles] of Object.entries(corrected.roles)) {
    const shape = shapes.get(name)?.shape
    if (!shape) throw new Problem("body_invalid", `${corrected.name} takes no argument ${name.slice(0, 100)}`)
    const unfit = roles.find((role) => !fits(role, shape))
    if (unfit)
      throw new Problem(
        "body_invalid",
        `the argument ${name} of ${corrected.name} can be no ${unfit}: ${SAYS[unfit]}`,
      )
  }
}

const SAYS: Readonly<Record<ArgumentRole, string>> = {
  target: "a target is a text, or a list of texts",
  amount: "an amount is a number or a text",
  content: "content is seen by policies",
  code: "code is seen by policies",
  path: "a path is a text, or a list of texts",
}

function fits(role: ArgumentRole, shape: Shape): boolean {
  switch (role) {
    case "target":
    case "path":
      return shape.kind === "string" || (shape.kind === "set" && shape.item.kind === "string")
    case "amount":
      return shape.kind === "number" || shape.kind === "string"
    case "content":
    case "code":
      return shape.kind !== "unseen"
  }
}
