// A Tabard of its own process over a large organisation: one agent that acts, and fifty people who are signed in.
import { type Credentials, createKey, enrol } from "@tabard/client"
import { isId, newId, systemClock, type User } from "@tabard/core"
import { filesystemServer } from "../../test/world/machine.ts"
import { newSession } from "../../test/world/people.ts"
import { serveUntilLetGo } from "./child.ts"
import { apiOf } from "./listening-console.ts"
import { openLargeTabard } from "./open-large-tabard.ts"
import { activeAgent } from "./other-agents.ts"

/** What the parent is told. */
export interface LiveReady {
  readonly pid: number
  readonly publicUrl: string
  /** Where the agent's tools are. */
  readonly mcp: string
  readonly credentials: Credentials
  readonly task: string
  /** Cookies of people of every role; most are members, a third of whom help with the agent. */
  readonly listeners: readonly { readonly cookie: string; readonly member: boolean }[]
}

const LISTENERS = 50
const MEMBERS = 30
const HELPERS = 10

const [folder = "", agents = "1000", notes = "", store = ""] = process.argv.slice(2)
const { server, made } = await openLargeTabard({ folder, agents: Number(agents), store })
await using _ = server
const { shelf } = server.organisation

const people = (await shelf.snapshot(({ users }) => users.list())).filter(({ active }) => active)
const members = people.filter(({ role }) => role === "member").slice(0, MEMBERS)
const others = people.filter(({ role }) => role !== "member").slice(0, LISTENERS - MEMBERS)

const agent = activeAgent(made.administrator)
await shelf.transact(async (tx) => {
  await tx.agents.insert(agent)
  for (const { id: user } of members.slice(0, HELPERS)) {
    await tx.maintainers.add({
      agent: agent.id,
      user,
      addedBy: made.administrator,
      addedAt: systemClock.now(),
    })
  }
})
const api = apiOf(server.publicUrl, await newSession(server, { id: made.administrator }))
const { code } = await api.offerEnrolment({ id: agent.id })
const credentials = await enrol({ server: server.publicUrl, code, label: "bench", key: await createKey() })

// A name of its own each time: the folder is kept for the next run, with what is registered in it.
const name = `notes-${newId("server", systemClock).slice(-8)}`
const upstream = await api.registerServer({
  name,
  launch: { transport: "stdio", ...filesystemServer(notes) },
})
if (!isId("server", upstream.id)) throw new Error("the server has no id")
const manifest = `
purpose: Keep notes tidy
tier: transactional
tools:
  - { server: ${name}, tool: read_text_file, arguments: { path: { under: ${notes} } } }
`
await api.putManifest({ id: agent.id, manifest })
const task = await api.openTask({
  id: agent.id,
  text: "read the notes",
  server: upstream.id,
  tools: ["read_text_file"],
  folder: notes,
  minutes: 60,
})

await serveUntilLetGo({
  pid: process.pid,
  publicUrl: server.publicUrl,
  mcp: `${server.publicUrl}/mcp/${name}`,
  credentials,
  task: task.id,
  listeners: await Promise.all([...members, ...others].map(listenerOf)),
} satisfies LiveReady)

async function listenerOf(user: User): Promise<LiveReady["listeners"][number]> {
  return { cookie: await newSession(server, user), member: user.role === "member" }
}
