import { Agent, request } from "node:http"
import { type Contestant, hold, inFlight } from "../contest.ts"
import type { Figure } from "../figure.ts"
import type { AccessReady } from "../world/access-process.ts"
import type { EchoReady } from "../world/bare-echo.ts"
import { startChild } from "../world/child.ts"

const AT_ONCE = 16
const PATH = "/access/v1/evaluation"

/** The same body, twice the work: an answer over AuthZEN against a route of Hono that echoes it. */
export const access: Figure = {
  name: "access",
  async measure(measuring) {
    await using stack = new AsyncDisposableStack()
    const bare = stack.use(await startChild<EchoReady>("bare-echo.ts", []))
    const ours = stack.use(await startChild<AccessReady>("access-process.ts", []))
    const { publicUrl, library, recorded, agents, agent, task } = ours.ready
    const question = JSON.stringify({
      subject: { type: "reader", id: "ann" },
      action: { name: "borrow" },
      resource: { type: "book", id: "b000" },
    })
    const call = JSON.stringify({
      subject: { type: "agent", id: agent },
      action: { name: "tools/call" },
      resource: { type: "tool", id: "notes/read_note" },
      context: { arguments: { topic: "plan" }, task },
    })
    const contestants = [
      asking("bare Hono, echoing the same body", {
        pid: bare.pid,
        url: bare.ready.url,
        body: question,
      }),
      asking("an application", {
        pid: ours.pid,
        url: `${publicUrl}/pdp/library${PATH}`,
        body: question,
        token: library,
      }),
      asking("an application, recorded", {
        pid: ours.pid,
        url: `${publicUrl}/pdp/library${PATH}`,
        body: question,
        token: recorded,
      }),
      asking("about an agent", { pid: ours.pid, url: `${publicUrl}${PATH}`, body: call, token: agents }),
    ]
    measuring.say("access: a question, several at once")
    const standings = await hold(contestants, measuring)
    const notes = ["the token is known for half a second at a time; evaluation reads no store in between"]
    return [{ title: `POST ${PATH}, ${AT_ONCE} at once`, standings, notes }]
  },
}

interface Asked {
  readonly pid: number
  readonly url: string
  readonly body: string
  readonly token?: string
}

function asking(name: string, { pid, url, body, token }: Asked): Contestant {
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE })
  const headers = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
    ...(token && { authorization: `Bearer ${token}` }),
  }
  const ask = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const sending = request(url, { method: "POST", agent, headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`answered with ${response.statusCode}`))
        response.resume().once("end", resolve).once("error", reject)
      })
      sending.once("error", reject).end(body)
    })
  return { name, pid, run: inFlight(AT_ONCE, ask) }
}
