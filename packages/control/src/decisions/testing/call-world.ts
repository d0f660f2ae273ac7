import {
  type Agent,
  type Approval,
  type Id,
  type Instance,
  newId,
  type Task,
  type Upstream,
  type User,
} from "@tabard/core"
import { RecordWatch } from "../../audit/log/record-watch.ts"
import { openTask } from "../../tasks/open-task.ts"
import {
  type ControlWorld,
  mandateOf,
  type OpenStore,
  openControlWorld,
} from "../../testing/control-world.ts"
import { notesServer } from "../../testing/notes-server.ts"
import type { PresentedToken } from "../../tokens/check-token.ts"
import { PLAIN_TOKEN } from "../../tokens/testing/plain-token.ts"
import { instanceOf } from "../../tokens/testing/token-world.ts"
import type { Attempt, Enforcement } from "../attempt.ts"
import { type EnforceCallDeps, enforceCall } from "../enforce-call.ts"
import type { EnforcementPoint } from "../enforcement-point-store.ts"
import { PolicyKeeper } from "../policies-in-force.ts"
import { putManifest } from "../put-manifest.ts"
import { seedPolicies } from "../seed-policies.ts"

/** An agent with a manifest, a task and a token, before a server of four tools. */
export interface CallWorld extends Omit<ControlWorld, "agent"> {
  /** The world around it, to put more into. */
  readonly world: ControlWorld
  readonly owner: User
  readonly agent: Agent
  readonly instance: Instance
  readonly server: Upstream
  readonly task: Task
  readonly caller: PresentedToken
  readonly point: EnforcementPoint
  /** Decides an attempt of the agent to write a note, different in what is named. */
  enforce(differences?: Partial<Attempt>, deps?: Partial<EnforceCallDeps>): Promise<Enforcement>
}

/** The tools and bounds of the world's agent. */
export const MANIFEST = `
purpose: Keeps the notes tidy
tier: transactional
tools:
  - { server: notes, tool: read_note, arguments: { path: { under: /notes } } }
  - { server: notes, tool: write_note, arguments: { path: { under: /notes } }, ask: owner }
  - { server: notes, tool: delete_note, arguments: { path: { under: /notes } } }
`

/** Opens a world of its own for one test, on SQLite unless said otherwise. */
export async function openCallWorld(open?: OpenStore): Promise<CallWorld> {
  const world = await openControlWorld(open)
  const { clock } = world
  await seedPolicies({ ...world, production: false })
  const owner = await world.person("member")
  const mandate = mandateOf(owner, clock)
  const agent = await world.agent({ state: "active", owner: owner.id, mandate })
  const server = await notesServer(world, owner)
  await putManifest(world, owner, { agent: agent.id, text: MANIFEST })
  const scope = { server: server.id, tools: ["read_note", "write_note", "delete_note"], folder: "/notes" }
  const task = await openTask(world, owner, { agent: agent.id, text: "tidy", scope, minutes: 600 })
  const instance = instanceOf(agent, clock)
  await world.transact(({ instances }) => instances.insert(instance))
  const caller = await tokenFor(world, { agent, instance, task: task.id })
  const point: EnforcementPoint = {
    id: newId("enforcementPoint", clock),
    name: "gateway",
    kind: "gateway",
    subjects: ["*"],
    asserts: ["resolved-path"],
  }
  const policies = new PolicyKeeper()
  const { snapshot } = world
  const record = new RecordWatch({ snapshot, clock, patienceMs: Number.POSITIVE_INFINITY, required: "all" })
  return {
    ...world,
    world,
    owner,
    agent,
    instance,
    server,
    task,
    caller,
    point,
    enforce: (differences, deps) =>
      enforceCall(
        { ...world, policies, point, record, ...deps },
        {
          call: newId("call", clock),
          caller,
          server,
          tool: "write_note",
          arguments: { path: "/notes/a.md", content: "tidy" },
          handle: null,
          resolvedPaths: new Map(),
          ...differences,
        },
      ),
  }
}

/** A token of an agent that lasts as long as these tests do. */
export async function tokenFor(
  { transact, clock }: Pick<ControlWorld, "transact" | "clock">,
  { agent, instance, task }: { agent: Agent; instance: Instance; task: Id<"task"> | null },
): Promise<PresentedToken> {
  const jti = crypto.randomUUID()
  const audience = "https://tabard.example/mcp"
  const expiresAt = new Date(clock.now().getTime() + 24 * 3600_000)
  const jkt = instance.thumbprint
  const record = { jti, agent: agent.id, instance: instance.id, task, audience, jkt }
  await transact(({ tokens }) =>
    tokens.insert({ ...PLAIN_TOKEN, ...record, issuedAt: clock.now(), expiresAt, revokedAt: null }),
  )
  return record
}

/** The question that an attempt raised. */
export function asked(enforcement: Enforcement): Approval {
  if (enforcement.effect !== "ask") throw new Error(`it was not asked about: ${JSON.stringify(enforcement)}`)
  return enforcement.approval
}
