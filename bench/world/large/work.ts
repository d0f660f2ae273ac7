import { type Approval, type Id, newHandle, newId, type ToolVersion } from "@tabard/core"
import { BEGAN, type Cast, clockAt, FEWEST, type Making, pick, portions, WATCHED_MS } from "./cast.ts"
import { type Inventory, OWN_AGENTS } from "./inventory.ts"

const TOOLS_EACH = 10

/** Puts what agents are let do into the store: servers behind the gateway, tasks, questions, offers, who helps, API tokens. */
export async function addWork(
  making: Making,
  cast: Cast,
  { agents, tasks }: Pick<Inventory, "agents"> & { readonly tasks: readonly Id<"task">[] },
): Promise<void> {
  const servers = await addUpstreams(making, cast)
  const world = { ...making, cast, agents, servers }
  await addTasks(world, tasks)
  await addQuestions(world)
  await addHelp(world)
  await addApiTokens(world)
}

interface World extends Making {
  readonly cast: Cast
  readonly agents: Inventory["agents"]
  readonly servers: readonly Id<"server">[]
}

async function addUpstreams({ shelf, size }: Making, cast: Cast): Promise<readonly Id<"server">[]> {
  const servers = Array.from({ length: Math.max(FEWEST, Math.ceil(size.agents / 200)) }, (_, number) => ({
    id: newId("server", clockAt(0)),
    name: `upstream-${number}`,
    launch: { transport: "http", url: `https://upstream-${number}.example/mcp` } as const,
    registeredBy: cast.administrator.id,
    registeredAt: BEGAN,
  }))
  await shelf.transact(async (tx) => {
    for (const server of servers) {
      await tx.servers.insert(server)
      for (let tool = 0; tool < TOOLS_EACH; tool++) await tx.servers.pin(toolOf(server.id, tool))
    }
  })
  return servers.map(({ id }) => id)
}

function toolOf(server: Id<"server">, number: number): ToolVersion {
  return {
    id: newId("toolVersion", clockAt(0)),
    server,
    name: `tool-${number}`,
    digest: `${number}`.padStart(43, "A"),
    definition: { name: `tool-${number}`, description: "Reads or writes one thing", inputSchema: {} },
    effects: ["read"],
    roles: {},
    pinnedAt: BEGAN,
  }
}

async function addTasks({ shelf, agents, servers }: World, tasks: readonly Id<"task">[]): Promise<void> {
  for (const numbers of portions(tasks.length))
    await shelf.transact(async (tx) => {
      for (const number of numbers) {
        const agent = pick(agents, number)
        if (!agent.owner) continue
        await tx.tasks.insert({
          id: pick(tasks, number),
          agent: agent.id,
          text: "look after the notes of this quarter",
          opener: { kind: "user", user: agent.owner },
          onBehalfOf: agent.owner,
          scope: { server: pick(servers, number), tools: ["tool-1"], folder: null },
          openedAt: clockAt(0.5).now(),
          expiresAt: clockAt(0.6).now(),
          closedAt: clockAt(0.55).now(),
        })
      }
    })
}

/** One question for ten agents, of which one in ten waits still. */
async function addQuestions(world: World): Promise<void> {
  const { shelf, agents } = world
  const asking = agents.filter(({ owner }, number) => owner !== null && number % 8 === 0)
  for (const numbers of portions(asking.length))
    await shelf.transact(async ({ approvals }) => {
      for (const number of numbers) {
        const approval = questionOf(world, pick(asking, number), number)
        await approvals.request(approval)
        const { createdAt: at, approvers } = approval
        if (number % 10 !== 0)
          await approvals.resolve(approval.id, { kind: "approved", by: pick(approvers, 0), at }, at)
      }
    })
}

function questionOf({ servers }: World, agent: World["agents"][number], number: number): Approval {
  const clock = clockAt(0.5 + number / 1e6)
  const { id } = agent
  return {
    id: newId("approval", clock),
    handle: newHandle(),
    question: {
      kind: "call",
      agent: id,
      instance: newId("instance", clock),
      task: null,
      server: pick(servers, number),
      tool: "tool-1",
      toolDigest: "A".repeat(43),
      arguments: { path: "/srv/notes/one.txt" },
      chain: [id],
      resource: "notes",
    },
    actionHash: `hash-${number}`,
    nonce: newHandle(),
    bindingHash: `binding-${number}`,
    say: ["money leaves"],
    policies: [],
    routes: ["owner"],
    approvers: agent.owner ? [agent.owner] : [],
    state: { kind: "pending" },
    createdAt: clock.now(),
    expiresAt: new Date(BEGAN.getTime() + 10 * WATCHED_MS),
    agreed: [],
    spentBy: null,
  }
}

/** Every tenth agent has somebody who helps, and every hundredth found one is offered to the member. */
async function addHelp({ shelf, agents, cast }: World): Promise<void> {
  await shelf.transact(async ({ maintainers, offers }) => {
    for (const [number, { id: agent, state }] of agents.entries()) {
      const addedBy = cast.administrator.id
      if (number >= OWN_AGENTS && number % 10 === 3)
        await maintainers.add({ agent, user: pick(cast.people, number * 3).id, addedBy, addedAt: BEGAN })
      if (state !== "discovered" || number % 100 !== 14) continue
      await offers.insert({
        id: newId("offer", clockAt(0.9)),
        agent,
        to: pick(cast.people, number).id,
        by: addedBy,
        note: "you know it best",
        terms: null,
        offeredAt: clockAt(0.9).now(),
        expiresAt: clockAt(10).now(),
        state: { kind: "pending" },
      })
    }
  })
}

async function addApiTokens({ shelf, cast, size }: World): Promise<void> {
  await shelf.transact(async ({ apiTokens }) => {
    for (let number = 0; number < Math.max(FEWEST, size.agents / 100); number++)
      await apiTokens.insert({
        id: newId("apiToken", clockAt(0.5)),
        tokenHash: newHandle(),
        fingerprint: null,
        purpose: `exports for department ${number}`,
        role: "auditor",
        scopes: ["read"],
        madeBy: cast.administrator.id,
        madeAt: clockAt(0.5).now(),
        expiresAt: clockAt(3).now(),
        lastUsedAt: null,
        revoked: null,
      })
  })
}
