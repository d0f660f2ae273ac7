import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { ShiftingServer } from "./shifting-server.ts"

/** An MCP server whose tools are named and described by hostile texts, and which answers with them. */
export interface HostileServer extends AsyncDisposable {
  readonly launch: ShiftingServer["launch"]
}

const PROGRAM = `
import { readFileSync } from "node:fs"
import { createInterface } from "node:readline"
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\\n")
const texts = JSON.parse(readFileSync(process.argv[2], "utf8"))
const text = { type: "string" }
const tools = texts.map((name) => ({ name: name.slice(0, 256), title: name, description: name,
  inputSchema: { type: "object", properties: { [name]: text }, description: name }, annotations: { title: name } }))
const content = texts.map((text) => ({ type: "text", text }))
const answers = {
  initialize: () => ({ protocolVersion: "2025-11-25", capabilities: { tools: {} }, serverInfo: { name: texts[0], version: texts[1] }, instructions: texts[0] }),
  "tools/list": () => ({ tools }),
  "tools/call": () => ({ content, isError: true }),
}
process.stderr.write(texts.join("\\n"))
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line)
  if (id === undefined) return
  const answer = answers[method]
  say(answer ? { id, result: answer(params) } : { id, error: { code: -32601, message: texts[0] } })
})
`

/** Makes such a server in a directory of its own. */
export async function makeHostileServer(texts: readonly string[]): Promise<HostileServer> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "tabard-hostile-")))
  const program = join(folder, "server.mjs")
  const words = join(folder, "texts.json")
  await writeFile(program, PROGRAM)
  await writeFile(words, JSON.stringify(texts))
  return {
    launch: { transport: "stdio", command: process.execPath, args: [program, words], roots: [folder] },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
