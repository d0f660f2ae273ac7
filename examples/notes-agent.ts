// An agent in a page: it lists the notes of a folder, writes an index beside them, and tries to look where it must not.
// It knows nothing of Tabard but its own key and the address of the gateway.
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as pause } from "node:timers/promises"
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client"
import { boundFetch, readCredentials } from "@tabard/client"
import { askedFor, inOneSentence } from "./command-line.ts"

const { file, task, folder, server } = askedFor(process.argv.slice(2))
const client = new Client({ name: "notes-agent", version: "1.0.0" })
try {
  await work()
} catch (error) {
  console.error(inOneSentence(error))
  process.exitCode = 1
} finally {
  await client.close()
}

async function work(): Promise<void> {
  const credentials = readCredentials(await readFile(file, "utf8"))
  // The only line that Tabard needs: a fetch that holds a five-minute token and proves the agent's key in each request.
  const bound = boundFetch(credentials, { task })
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
}

/** Calls a tool, and answers the text that a model would read. */
async function call(name: string, args: Record<string, unknown>): Promise<string> {
  return text(await request(name, args, sayOnce()))
}

/** Calls again for as long as people are being asked: a call that waits has not run. */
async function callUntilAnswered(name: string, args: Record<string, unknown>): Promise<string> {
  const say = sayOnce()
  for (;;) {
    const answer = await request(name, args, say)
    if (!waits(answer.structuredContent)) return text(answer)
    say("still waiting…")
    await pause(1000)
  }
}

/** A call that waits says so every few seconds; one line of each kind is enough. */
function sayOnce(): (words: string) => void {
  const said = new Set<string>()
  return (words) => {
    if (!said.has(words)) console.log(`  ${words}`)
    said.add(words)
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

function request(
  name: string,
  args: Record<string, unknown>,
  say: (words: string) => void,
): ReturnType<typeof client.callTool> {
  const onprogress = ({ message }: { message?: string | undefined }): void => say(message ?? "…")
  return client.callTool({ name, arguments: args }, { onprogress })
}

function text({ content }: Awaited<ReturnType<typeof client.callTool>>): string {
  return content.map((part) => (part.type === "text" ? part.text : `(${part.type})`)).join("\n")
}
