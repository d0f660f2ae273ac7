import assert from "node:assert/strict"
import { it } from "node:test"
import { TokenSource } from "@tabard/client"
import { governAgent } from "../world/governed-agent.ts"
import { runTabard, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"

it("a token says exactly this, and nothing else of its agent or owner", async () => {
  await using upstream = await makeShiftingServer()
  await using tabard = await runTabard()
  const { api } = await signInFirst(tabard.server, "Ann")
  await api.registerServer({ name: "notes", launch: upstream.launch })
  const agent = await governAgent(tabard.server, api)
  const { accessToken } = await new TokenSource(agent.credentials, { task: agent.task.id }).token()
  const [header, claims] = accessToken.split(".").map(decoded)

  assert.deepEqual(Object.keys(header ?? {}).toSorted(), ["alg", "kid", "typ"])
  assert.deepEqual([header?.["alg"], header?.["typ"]], ["ES256", "at+jwt"])
  const {
    sub,
    iss,
    aud,
    exp,
    iat,
    agent: id,
    instance,
    task,
    tier,
    owner,
    cnf,
    jti,
    client_id,
  } = claims ?? {}
  assert.deepEqual(Object.keys(claims ?? {}).toSorted(), CLAIMS)
  assert.equal(sub, `spiffe://tabard.localhost/agent/${String(id)}/instance/${String(instance)}`)
  assert.deepEqual([iss, aud], [`${tabard.server.publicUrl}/oauth`, `${tabard.server.publicUrl}/mcp`])
  assert.equal(Number(exp) - Number(iat), 300)
  assert.deepEqual([id, task, tier, client_id], [agent.id, agent.task.id, "transactional", instance])
  assert.match(String(owner), /^usr_/)
  assert.deepEqual(Object.keys(Object(cnf)), ["jkt"])
  assert.ok(String(jti).length >= 16)

  const { accessToken: without } = await new TokenSource(agent.credentials).token()
  assert.ok(!("task" in (decoded(without.split(".")[1] ?? "") ?? {})))
})

const CLAIMS = [
  "agent",
  "aud",
  "authorization_details",
  "client_id",
  "cnf",
  "exp",
  "iat",
  "instance",
  "iss",
  "jti",
  "owner",
  "sub",
  "task",
  "tier",
]

function decoded(part: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(Buffer.from(part, "base64url").toString())
  } catch {
    return undefined
  }
}
