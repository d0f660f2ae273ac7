import assert from "node:assert/strict"
import { OPERATIONS, type Operation } from "@tabard/api"
import { boundFetch, createKey, enrol } from "@tabard/client"
import { connectAgent } from "./agent.ts"
import { governAgent } from "./governed-agent.ts"
import { addPerson } from "./people.ts"
import { rawRequest } from "./raw-request.ts"
import { type RunningTabard, signInFirst } from "./running-tabard.ts"
import { inputSchema, inputsWith, sampleInput } from "./sample-input.ts"
import { makeShiftingServer } from "./shifting-server.ts"

const WRITES = Object.entries<Operation<unknown, unknown>>({ ...OPERATIONS }).filter(
  ([name, { method }]) =>
    method !== "GET" && !/^(signOut|end|deactivate|changeRole|retire|rotateLog)/.test(name),
)

/**
 * Types a text into each member that takes text of each write, one at a time, and wherever else a stranger's text comes
 * in: as the first administrator Zoe, and as an agent of hers that is put behind the gateway.
 */
export async function typeEverywhere(
  { server }: RunningTabard,
  stack: AsyncDisposableStack,
  text: string,
): Promise<void> {
  const first = await signInFirst(server, "Zoe")
  const { launch } = stack.use(await makeShiftingServer())
  await first.api.registerServer({ name: "notes", launch })
  const agent = await governAgent(server, first.api)
  const ann = await addPerson(server, "administrator")
  const member = await addPerson(server, "member")
  const { id } = agent
  await first.api.enterAgent({ name: text, purpose: text })
  await first.api.offerOwnership({ id, to: member.user.id, note: text })
  await first.api.describeAgent({ id, name: text })
  await first.api.openTask({
    id,
    text,
    server: await notesOf(first.api),
    tools: ["read_note"],
    folder: null,
    minutes: 5,
  })
  await first.api.invitePerson({ name: text, email: "eve@example.test", role: "member" })
  const { code } = await first.api.offerEnrolment({ id })
  await enrol({ server: server.publicUrl, code, label: text, key: await createKey() })
  const bound = boundFetch(agent.credentials, { task: agent.task.id })
  await using hands = await connectAgent(server.publicUrl, bound)
  await hands.call("read_note", { topic: text }).catch(() => undefined)
  await hands.call(text, { [text]: text }).catch(() => undefined)
  const ask = (request: Parameters<typeof rawRequest>[1]) =>
    rawRequest(server.publicUrl, {
      ...request,
      headers: {
        cookie: ann.cookie,
        "content-type": "application/json",
        "x-tabard": "1",
        traceparent: encodeURIComponent(text),
        "user-agent": encodeURIComponent(text),
        ...request.headers,
      },
    })
  for (const [name, operation] of WRITES) {
    const schema = inputSchema(name, operation)
    const path = `/api/v1${operation.path.replace(/:\w+/g, operation.path.startsWith("/agents") ? id : encodeURIComponent(text))}`
    const whole = sampleInput(schema, text)
    for (const input of [
      whole,
      ...inputsWith(schema, text, sampleInput(schema, "sample")).map((one) => one.input),
    ])
      await ask({ method: operation.method, path, body: JSON.stringify(input) })
  }
}

async function notesOf(api: Awaited<ReturnType<typeof signInFirst>>["api"]): Promise<string> {
  const { items } = await api.listServers({})
  return items.find(({ name }) => name === "notes")?.id ?? assert.fail("the server is registered")
}
