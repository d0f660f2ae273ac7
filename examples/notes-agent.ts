// An agent in a page: it lists the notes of a folder, writes an index beside them, and tries to look where it must not.
// It knows nothing of Tabard but its own key and the address of the gateway.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { parseArgs } from "node:util"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { boundFetch, readCredentials } from "@tabard/client"

const { values } = parseArgs({
  options: {
    credentials: { type: "string" },
    task: { type: "string" },
    folder: { type: "string" },
    server: { type: "string", default: "notes" },
  },
})
const { credentials: file, task, folder, server } = values
if (!file || !task || !folder) {
  console.error("usage: npm run example -- --credentials FILE --task tsk_… --folder DIR [--server NAME]")
  process.exit(2)
}

const credentials = readCredentials(await readFile(file, "utf8"))
// The only line that Tabard needs: a fetch that holds a five-minute token and proves the agent's key in each request.
const bound = boundFetch(credentials, { task })
const client = new Client({ name: "notes-agent", version: "1.0.0" })
await client.connect(
  new StreamableHTTPClientTransport(new URL(`${credentials.resource}/${server}`), { fetch: bound }),
)

const { tools } = await client.listTools()
console.log(`I may call: ${tools.map(({ name }) => name).join(", ")}`)

const listing = await call("list_directory", { path: folder })
console.log(`The folder:\n${listing}`)

console.log("I would like to write an index. Somebody has to agree:")
const index = { path: join(folder, "INDEX.md"), content: `# Notes\n\n${listing}\n` }
console.log(await callUntilAnswered("write_file", index))

console.log("And now a look where I must not:")
console.log(await call("read_text_file", { path: join(folder, "../.cursor/mcp.json") }))
await client.close()

/** Calls a tool, and answers the text that a model would read. */
async function call(name: string, args: Record<string, unknown>): Promise<string> {
  return text(await request(name, args))
}

/** Calls again for as long as people are being asked: a call that waits has not run. */
async function callUntilAnswered(name: string, args: Record<string, unknown>): Promise<string> {
  for (;;) {
    const answer = await request(name, args)
    if (!waits(answer.structuredContent)) return text(answer)
    console.log("  still waiting…")
    await pause(1000)
  }
}

function waits(structured: unknown): boolean {
  return (
    typeof structured === "object" &&
    structured !== null &&
    "decision" in structured &&
    structured.decision === "ask"
  )
}

function request(name: string, args: Record<string, unknown>): ReturnType<typeof client.callTool> {
  const onprogress = ({ message }: { message?: string | undefined }): void =>
    console.log(`  ${message ?? "…"}`)
  return client.callTool({ name, arguments: args }, { onprogress })
}

function text({ content }: Awaited<ReturnType<typeof client.callTool>>): string {
  return content.map((part) => (part.type === "text" ? part.text : `(${part.type})`)).join("\n")
}
