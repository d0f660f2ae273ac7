import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import type { AgentDetail, TaskView } from "@tabard/api"
import { type Credentials, createKey, enrol, writeCredentials } from "@tabard/client"
import { newId, type Role, systemClock } from "@tabard/core"
import { filesystemServer, type Machine } from "./machine.ts"
import { type RunningTabard, type SignedInPerson, signInFirst } from "./running-tabard.ts"

/** People, and one agent as far as its first task: what a developer looks at. */
export interface SeededWorld {
  readonly ann: SignedInPerson
  readonly agent: AgentDetail
  readonly task: TaskView
  readonly credentials: Credentials
  /** Where the agent's credentials lie. */
  readonly credentialsFile: string
}

/** The manifest of the notes helper for one folder. */
export function notesManifest(folder: string): string {
  return `purpose: Tidy the notes in one folder
tier: transactional
tools:
  - server: notes
    tool: read_text_file
    arguments: { path: { under: ${folder} } }
  - server: notes
    tool: list_directory
    arguments: { path: { under: ${folder} } }
  - server: notes
    tool: write_file
    arguments: { path: { under: ${folder} } }
    ask: owner
`
}

/** Adopts the Claude Code of a machine, gives it a key, a manifest and a task, as a person would through the API. */
export async function seed(tabard: RunningTabard, machine: Machine): Promise<SeededWorld> {
  const { server, data } = tabard
  await server.scans.settled()
  const ann = await signInFirst(server, "Ann")
  const agents = (await ann.api.listAgents({})).items
  const id = agents.find(({ client }) => client === "claude-code")?.id ?? ""
  const mandate = { purpose: "Tidies notes", tier: "transactional", expiresAt: inDays(90) } as const
  await ann.api.adoptAgent({ id, name: "Notes helper", ...mandate, acceptOwnership: true })
  const notes = await ann.api.registerServer({
    name: "notes",
    launch: { transport: "stdio", ...filesystemServer(machine.root) },
  })
  const agent = await ann.api.putManifest({ id, manifest: notesManifest(machine.notes) })
  const task = await ann.api.openTask({
    id,
    text: "tidy the notes in this folder",
    server: notes.id,
    tools: ["read_text_file", "list_directory", "write_file"],
    folder: machine.notes,
    minutes: 60,
  })
  const { code } = await ann.api.offerEnrolment({ id })
  const credentials = await enrol({
    server: server.publicUrl,
    code,
    label: "Ann's laptop",
    key: await createKey(),
  })
  const credentialsFile = join(data, "agent.json")
  await writeFile(credentialsFile, writeCredentials(credentials), { mode: 0o600 })
  return { ann, agent, task, credentials, credentialsFile }
}

/** Puts people into the directory beside the administrator. */
export async function seedPeople({ server }: RunningTabard): Promise<void> {
  const people: readonly (readonly [string, Role])[] = [
    ["Bob", "security"],
    ["Cora", "auditor"],
    ["Dan", "member"],
  ]
  await server.organisation.shelf.transact(async ({ users }) => {
    for (const [name, role] of people) {
      const email = `${name.toLowerCase()}@example.test`
      await users.insert({
        id: newId("user", systemClock),
        name,
        email,
        role,
        active: true,
        createdAt: systemClock.now(),
      })
    }
  })
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString()
}
