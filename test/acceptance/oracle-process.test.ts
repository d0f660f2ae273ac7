import assert from "node:assert/strict"
import { describe, it } from "node:test"
import { boundFetch } from "@tabard/client"
import { connectAgent, structured } from "../world/agent.ts"
import { freePort } from "../world/free-port.ts"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { runTabard, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { startTabard, temporaryDirectory } from "../world/tabard-process.ts"

const MANIFEST = `
purpose: Read one note
tier: transactional
tools:
  - { server: notes, tool: read_note, arguments: { topic: { exactly: a } } }
`

const SPOILT = `--import=${new URL("../world/wrong-evaluator.mjs", import.meta.url).href}`

describe("a process whose evaluator is wrong", () => {
  it("lets through what no policy permits, and with --oracle denies it and says that two judges differ", async () => {
    await using data = await temporaryDirectory()
    await using upstream = await makeShiftingServer()
    const port = await freePort()
    const agent = await governed({ data: data.path, port, launch: upstream.launch })
    const origin = `http://127.0.0.1:${port}`
    const up = ["up", "--port", String(port), "--data", data.path]

    {
      await using wrong = startTabard(up, { cwd: data.path, env: { NODE_OPTIONS: SPOILT } })
      await wrong.started()
      assert.equal(await read(origin, agent, "b"), "done")
    }
    await using judged = startTabard([...up, "--oracle"], { cwd: data.path, env: { NODE_OPTIONS: SPOILT } })
    await judged.started()
    assert.equal(await read(origin, agent, "b"), "judges_disagree")
    assert.equal(await read(origin, agent, "a"), "done", "where the two agree it goes on")
    assert.deepEqual(await upstream.ran(), ["read_note", "read_note"])
  })
})

interface Place {
  readonly data: string
  readonly port: number
  readonly launch: Awaited<ReturnType<typeof makeShiftingServer>>["launch"]
}

/** An agent that may read one note, in a directory that other processes go on with. */
async function governed({ data, port, launch }: Place): Promise<GovernedAgent> {
  await using tabard = await runTabard({ data, port })
  const ann = await signInFirst(tabard.server, "Ann")
  await ann.api.registerServer({ name: "notes", launch })
  return governAgent(tabard.server, ann.api, { manifest: MANIFEST, tools: ["read_note"] })
}

async function read(origin: string, agent: GovernedAgent, topic: string): Promise<unknown> {
  const bound = boundFetch(agent.credentials, { task: agent.task.id })
  await using hands = await connectAgent(origin, bound)
  const answer = await hands.call("read_note", { topic })
  return answer.isError ? structured(answer)["code"] : "done"
}
