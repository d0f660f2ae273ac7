// A Tabard of its own process, as an agent meets it: one agent enrolled, with manifest and task, beside so many others.
import { execFile } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { type Credentials, createKey, enrol, TokenSource } from "@tabard/client"
import { isId } from "@tabard/core"
import { pinnedTool } from "../../packages/control/src/decisions/policies-in-force.ts"
import { filesystemServer } from "../../test/world/machine.ts"
import { runTabard, signInFirst } from "../../test/world/running-tabard.ts"
import { serveUntilLetGo } from "./child.ts"
import { manifestText } from "./notes.ts"
import { activeAgent, addOtherAgents } from "./other-agents.ts"

/** What the parent is told. */
export interface TabardReady {
  readonly publicUrl: string
  readonly credentials: Credentials
  readonly task: string
}

const [others = "0", folder = "", manifests = "yes", liveTokens = "0"] = process.argv.slice(2)
await using tabard = await runTabard()
const { server } = tabard
const { shelf } = server.organisation
const ann = await signInFirst(server, "Ann")
const [owner] = (await ann.api.listPeople({})).items
if (!isId("user", owner?.id)) throw new Error("nobody signed in")

const agent = activeAgent(owner.id)
await shelf.transact(({ agents }) => agents.insert(agent))
const { code } = await ann.api.offerEnrolment({ id: agent.id })
const credentials = await enrol({ server: server.publicUrl, code, label: "bench", key: await createKey() })

const notes = await ann.api.registerServer({
  name: "notes",
  launch: { transport: "stdio", ...filesystemServer(folder) },
})
if (!isId("server", notes.id)) throw new Error("the server has no id")
const tools = (await shelf.snapshot(({ servers }) => servers.pinned())).map(pinnedTool)
await addOtherAgents({
  shelf,
  count: Number(others),
  ...(manifests === "yes" && { manifests: { folder, server: notes.id, tools } }),
})
await new TokenSource(credentials).token()
// In a process of its own: what this one begins in the same file has to go on.
if (liveTokens !== "0")
  await promisify(execFile)(process.execPath, [
    fileURLToPath(new URL("other-tokens.ts", import.meta.url)),
    join(tabard.data, "tabard.db"),
    liveTokens,
  ])
await ann.api.putManifest({ id: agent.id, manifest: manifestText(folder) })
const task = await ann.api.openTask({
  id: agent.id,
  text: "read the notes",
  server: notes.id,
  tools: ["read_text_file"],
  folder,
  minutes: 60,
})

await serveUntilLetGo({
  publicUrl: server.publicUrl,
  credentials,
  task: task.id,
} satisfies TabardReady)
