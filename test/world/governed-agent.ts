import type { Client, TaskView } from "@tabard/api"
import { type Credentials, createKey, enrol } from "@tabard/client"
import { type Id, newId, systemClock } from "@tabard/core"
import type { RunningServer } from "@tabard/server"

/** What an agent is governed by, different in what is named. */
export interface Governance {
  readonly tools?: readonly string[]
  readonly manifest?: string
}

/** An agent that was adopted, enrolled, and given a manifest and a task before the server `notes`. */
export interface GovernedAgent {
  readonly id: Id<"agent">
  readonly credentials: Credentials
  /** The one-time code that it was enrolled by. */
  readonly code: string
  readonly task: TaskView
}

/** Reads freely, writes when its owner agrees. */
export const NOTES_MANIFEST = `
purpose: Tidy the notes
tier: transactional
tools:
  - { server: notes, tool: read_note }
  - { server: notes, tool: write_note, ask: owner }
`

/** Takes a discovered agent to where it can act, by what its owner does over the API. The server `notes` is there. */
export async function governAgent(
  server: RunningServer,
  api: Client,
  { tools = ["read_note", "write_note"], manifest = NOTES_MANIFEST }: Governance = {},
): Promise<GovernedAgent> {
  const id = newId("agent", systemClock)
  const createdAt = systemClock.now()
  await server.organisation.shelf.transact(({ agents }) =>
    agents.insert({ id, state: "discovered", owner: null, mandate: null, createdAt }),
  )
  const expiresAt = new Date(createdAt.getTime() + 86_400_000).toISOString()
  await api.adoptAgent({
    id,
    name: "Helper",
    purpose: "Tidies",
    tier: "transactional",
    expiresAt,
    acceptOwnership: true,
  })
  const { code } = await api.offerEnrolment({ id })
  const credentials = await enrol({ server: server.publicUrl, code, label: "laptop", key: await createKey() })
  await api.putManifest({ id, manifest })
  return { id, credentials, code, task: await openNotesTask(api, id, tools) }
}

/** Opens a task with these tools of the server `notes`. */
export async function openNotesTask(api: Client, id: string, tools: readonly string[]): Promise<TaskView> {
  const notes = (await api.listServers({})).items.find(({ name }) => name === "notes")
  if (!notes) throw new Error("the server notes is not registered")
  return api.openTask({ id, text: "tidy the notes", server: notes.id, tools, folder: null, minutes: 30 })
}
