import type { Effect, JsonObject } from "@tabard/core"
import { resolveApproval } from "../../approvals/resolve-approval.ts"
import { suspendAgent } from "../../lifecycle/stop-agent.ts"
import { closeTask } from "../../tasks/close-task.ts"
import { HOUR } from "../../testing/control-world.ts"
import { revokeAgentToken } from "../../tokens/revoke-agent-token.ts"
import { correctTool } from "../../upstreams/correct-tool.ts"
import type { Enforcement } from "../attempt.ts"
import type { EnforcementPoint } from "../enforcement-point-store.ts"
import { PolicyKeeper } from "../policies-in-force.ts"
import { putManifest } from "../put-manifest.ts"
import { putPolicies } from "../put-policies.ts"
import type { Circumstances } from "../question.ts"
import { asked, type CallWorld, openCallWorld } from "./call-world.ts"

/** A call as the laws make it, and what its door saw. */
export interface Tried {
  readonly tool: string
  readonly arguments: JsonObject
}

/** Calls that the acts tell apart: permitted, asked about, agreed to, and denied to begin with. */
export const TRIED: Readonly<Record<string, Tried>> = {
  read: { tool: "read_note", arguments: { path: "/notes/a.md" } },
  deeper: { tool: "read_note", arguments: { path: "/notes/open/a.md" } },
  agreed: { tool: "write_note", arguments: { path: "/notes/a.md", content: "tidy" } },
  asked: { tool: "write_note", arguments: { path: "/notes/b.md", content: "tidy" } },
  delete: { tool: "delete_note", arguments: { path: "/notes/a.md" } },
  pay: { tool: "pay", arguments: { to: "bob", amount: 5 } },
  outside: { tool: "read_note", arguments: { path: "/etc/passwd" } },
}

/** What is given of an agent's manifest and of what its door sees. It only ever gets less. */
interface Given {
  readonly tools: readonly string[]
  readonly folder: string
  readonly calls: number | null
  readonly circumstances: Circumstances
  readonly asserts: EnforcementPoint["asserts"]
}

/** A world in which an agent may do something, until acts take of it. */
export interface NarrowingWorld extends CallWorld {
  readonly policies: PolicyKeeper
  given: Given
}

/** Each takes something away, or forbids something. */
export const ACTS: Readonly<Record<string, (world: NarrowingWorld) => Promise<unknown>>> = {
  "its manifest names a tool less": (world) =>
    manifest(world, ({ tools }) => ({ tools: tools.filter((tool) => tool !== "delete_note") })),
  "its manifest names a folder within": (world) => manifest(world, () => ({ folder: "/notes/open" })),
  "its manifest says how often": (world) => manifest(world, () => ({ calls: 1 })),
  "what it may do is used up": (world) => enforce(world, "read"),
  "what was agreed to is used up": (world) => enforce(world, "agreed"),
  "what was agreed to is over": async (world) => world.clock.advance(2 * HOUR),
  "a person says no to what is asked": async (world) =>
    resolveApproval(world, world.owner.id, asked(await enforce(world, "asked")).id, "denied"),
  "a guard-rail forbids writing": (world) =>
    guard(world, "writing", `forbid (principal, action in Tabard::Action::"effect:write", resource);`),
  "a guard-rail asks before reading": (world) =>
    guard(
      world,
      "asking",
      `@ask("owner") forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:read", resource) unless { context.session.approved.contains("owner") };`,
    ),
  "a guard-rail errs": (world) =>
    guard(
      world,
      "erring",
      `forbid (principal is Tabard::Agent, action, resource) when { 9223372036854775807 + context.session.depth < 0 };`,
    ),
  "its door sees no posture": (world) => saw(world, ({ ip }) => ({ ...(ip !== undefined && { ip }) })),
  "its door sees no address": (world) =>
    saw(world, ({ posture }) => ({ ...(posture !== undefined && { posture }) })),
  "its door may say nothing any more": async (world) => {
    world.given = { ...world.given, asserts: [] }
  },
  "a tool is corrected to do more": async (world) => {
    const steward = await world.world.person("security")
    const pinned = await world.snapshot(({ servers }) => servers.pinned(world.server.id))
    const read = pinned.find(({ name }) => name === "read_note")
    if (!read) throw new Error("the tool is gone")
    const { id: version, roles } = read
    return correctTool(world, steward, {
      version,
      effects: ["read", "infrastructure"],
      roles,
      reason: "it starts servers",
    })
  },
  "its task is closed": (world) => closeTask(world, world.owner, world.task.id),
  "its token is revoked": ({ agent, caller, owner, ...world }) =>
    revokeAgentToken(world, owner, { agent: agent.id, jti: caller.jti, reason: "lost" }),
  "its owner is switched off": (world) =>
    world.transact(async ({ users, organisation }) => {
      await users.deactivate(world.owner.id)
      await organisation.bumpVersion()
    }),
  "it is suspended": (world) =>
    suspendAgent(world, world.owner, { agent: world.agent.id, reason: "it is enough" }),
}

/** How much each effect allows. */
export const ALLOWS: Readonly<Record<Effect, number>> = { deny: 0, ask: 1, permit: 2 }

/** Opens a world in which something is permitted, asked about, and agreed to, by whatever there is that can be taken away. */
export async function openNarrowingWorld(): Promise<NarrowingWorld> {
  const opened = await openCallWorld()
  const point: EnforcementPoint = { ...opened.point, asserts: ["network", "posture"] }
  const world: NarrowingWorld = {
    ...opened,
    point,
    policies: new PolicyKeeper(),
    given: {
      tools: ["read_note", "write_note", "delete_note"],
      folder: "/notes",
      calls: null,
      circumstances: { ip: "10.1.2.3", posture: ["managed"] },
      asserts: point.asserts,
    },
  }
  await guard(
    world,
    "network",
    `forbid (principal is Tabard::Agent, action in [Tabard::Action::"effect:read", Tabard::Action::"effect:delete"], resource) unless { context.session has ip && context.session.ip.isInRange(ip("10.0.0.0/8")) };`,
  )
  await guard(
    world,
    "posture",
    `forbid (principal is Tabard::Agent, action in Tabard::Action::"effect:delete", resource) unless { context.session.posture.contains("managed") };`,
  )
  const { id } = asked(await enforce(world, "agreed"))
  await resolveApproval(world, world.owner.id, id, "approved")
  return world
}

/** Enforces one of the calls by a caller whom the door sees as it does now. */
export function enforce(world: NarrowingWorld, name: string): Promise<Enforcement> {
  const { caller, given, point } = world
  const { ip } = given.circumstances
  return world.enforce(
    { ...TRIED[name], caller: { ...caller, ...(ip !== undefined && { address: ip }) } },
    { point: { ...point, asserts: given.asserts } },
  )
}

async function manifest(world: NarrowingWorld, less: (given: Given) => Partial<Given>): Promise<void> {
  world.given = { ...world.given, ...less(world.given) }
  const { tools, folder, calls } = world.given
  const entries = tools.map((tool) => {
    const ask = tool === "write_note" ? ", ask: owner" : ""
    return `  - { server: notes, tool: ${tool}, arguments: { path: { under: ${folder} } }${ask} }`
  })
  const limits = calls === null ? "" : `limits: { calls: [{ atMost: ${calls}, per: task }] }\n`
  const text = `purpose: Keeps the notes tidy\ntier: transactional\n${limits}tools:\n${entries.join("\n")}\n`
  await putManifest(world.world, world.owner, { agent: world.agent.id, text })
}

async function saw(world: NarrowingWorld, less: (seen: Circumstances) => Circumstances): Promise<void> {
  world.given = { ...world.given, circumstances: less(world.given.circumstances) }
}

async function guard(world: CallWorld, subject: string, text: string): Promise<void> {
  await world.transact(async (tx) => {
    const policies = [{ id: `${subject}/1`, text }]
    await putPolicies(world, tx, { kind: "guard", subject, author: "test", policies })
    await tx.organisation.bumpVersion()
  })
}
