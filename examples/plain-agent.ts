// An agent that knows nothing of Tabard, of tokens or of keys: `tabard run --agent NAME --task tsk_… -- node
// examples/plain-agent.ts` gives it a socket, and it asks there as it would ask any server.
import { request } from "node:http"

const { TABARD_SOCKET: socketPath } = process.env
if (!socketPath) {
  console.error(
    "usage: tabard run --agent NAME --task tsk_… -- node examples/plain-agent.ts [--until-refused]",
  )
  process.exit(2)
}

do {
  const answer = await ask("/mcp/notes", { jsonrpc: "2.0", id: 1, method: "tools/list" })
  console.log(`${answer.status} ${answer.text}`)
  if (answer.status === 401) process.exit(3)
} while (process.argv.includes("--until-refused"))

/** Plain HTTP over the socket: who asks, and by which right, is none of its business. */
function ask(path: string, message: object): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>()
  const headers = {
    host: "localhost",
    "content-type": "application/json",
    accept: "application/json, text/event-stream",
    "mcp-protocol-version": "2025-11-25",
  }
  request({ socketPath, path, method: "POST", headers }, (response) => {
    let text = ""
    response.setEncoding("utf8").on("data", (piece: string) => (text += piece))
    response.on("end", () => resolve({ status: response.statusCode ?? 0, text }))
  })
    .on("error", reject)
    .end(JSON.stringify(message))
  return promise
}
