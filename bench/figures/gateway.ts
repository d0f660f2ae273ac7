import { join } from "node:path"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio"
import { boundFetch } from "@tabard/client"
import { filesystemServer, makeMachine } from "../../test/world/machine.ts"
import { type Contestant, hold, inFlight } from "../contest.ts"
import { crowds, type Figure, type Table } from "../figure.ts"
import { type Child, startChild } from "../world/child.ts"
import type { TabardReady } from "../world/tabard-process.ts"

/** A read of a file through the gateway, against the same server called directly over its pipes. */
export const gateway: Figure = {
  name: "gateway",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const { notes } = stack.use(await makeMachine())
    const direct = await connectDirectly(notes)
    stack.defer(() => direct.close())
    const through: { others: number; client: Client }[] = []
    for (const others of crowds(measuring)) {
      measuring.say(`gateway: starting one with ${others} other agents`)
      const child = stack.use(await startChild<TabardReady>("tabard-process.ts", [`${others}`, notes]))
      const client = await connectThrough(child)
      stack.defer(() => client.close())
      through.push({ others, client })
    }
    const path = join(notes, "groceries.md")
    const tables: Table[] = []
    for (const atOnce of [1, 8]) {
      measuring.say(`gateway: reading, ${atOnce} at once`)
      const reader = (client: Client): Contestant["run"] => inFlight(atOnce, () => read(client, path))
      const standings = await hold(
        [
          { name: "upstream called directly", run: reader(direct) },
          ...through.map(({ others, client }) => ({
            name: "through the gateway",
            others,
            run: reader(client),
          })),
        ],
        measuring,
      )
      tables.push({ title: `a read through the gateway, ${atOnce} at once`, standings })
    }
    return tables
  },
}

async function connectDirectly(folder: string): Promise<Client> {
  const client = new Client({ name: "bench", version: "1.0.0" })
  await client.connect(new StdioClientTransport({ ...filesystemServer(folder), stderr: "ignore" }))
  return client
}

async function connectThrough({ ready }: Child<TabardReady>): Promise<Client> {
  const client = new Client({ name: "bench", version: "1.0.0" })
  const url = new URL(`${ready.publicUrl}/mcp/notes`)
  const fetch = boundFetch(ready.credentials, { task: ready.task })
  await client.connect(new StreamableHTTPClientTransport(url, { fetch }))
  return client
}

/** Insists on the file's text: a refusal would be fast. */
async function read(client: Client, path: string): Promise<void> {
  const answer = await client.callTool({ name: "read_text_file", arguments: { path } })
  const [part] = answer.content
  if (part?.type !== "text" || !part.text.includes("milk")) {
    throw new Error(`the file was not read: ${JSON.stringify(answer)}`)
  }
}
