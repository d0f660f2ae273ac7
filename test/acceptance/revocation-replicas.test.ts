import assert from "node:assert/strict"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { TokenSource } from "@tabard/client"
import { postgresMissing, startPostgresCluster } from "@tabard/store/testing"
import { decodeJwt } from "jose"
import { adoptedClient, askAs, signedIn, tokensIn } from "../world/code-client.ts"
import { freePort } from "../world/free-port.ts"
import { governAgent, NOTES_MANIFEST } from "../world/governed-agent.ts"
import type { Answer, CauseName, Prepared } from "../world/issuing/issuing-path.ts"
import { type IssuingWorld, ownedAgent, startIssuingWorld } from "../world/issuing/issuing-world.ts"
import { called, carried, posted, prepared } from "../world/issuing/prepare-path.ts"
import { CAUSES } from "../world/issuing/revocation-causes.ts"
import { type RawAnswer, rawRequest } from "../world/raw-request.ts"

import { startTabard } from "../world/tabard-process.ts"
import { until } from "../world/until.ts"

/** What the decision point answers. */
interface Evaluated {
  readonly decision: boolean
  readonly context: { readonly code: string; readonly version: number }
}

/** What happens at the first replica. */
const ENDS: readonly CauseName[] = [
  "a person suspends it",
  "security quarantines it",
  "a person retires it",
  "its owner is switched off",
  "its mandate is over",
  "its install is revoked",
  "its key was followed by another, and its overlap is over",
  "its task is closed",
  "the token before it is given back",
  "a received session-revoked names it",
]

describe("an end at one of two replicas, in two processes over PostgreSQL", {
  skip: postgresMissing(),
}, () => {
  const stack = new AsyncDisposableStack()
  let world: IssuingWorld
  /** Where the other process listens. */
  let other: string
  /** By which a resource server asks how tokens stand. */
  let asker: string

  before(async () => {
    const store = await stack.use(await startPostgresCluster()).createDatabase()
    const folder = await mkdtemp(join(tmpdir(), "tabard-revocation-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const kek = join(folder, "kek")
    await writeFile(kek, randomBytes(32).toString("base64"), { mode: 0o600 })
    const env = { TABARD_KEK_FILE: kek }
    world = stack.use(await startIssuingWorld({ store, env, port: await freePort() }))
    const port = await freePort()
    const publicUrl = ["--public-url", world.tabard.server.publicUrl]
    const roles = ["--role", "control,issuer,gateway"]
    const args = ["up", "--port", `${port}`, "--data", join(folder, "other"), ...publicUrl, ...roles]
    await stack.use(startTabard(args, { cwd: folder, env: { ...env, TABARD_STORE: store } })).started()
    other = `http://127.0.0.1:${port}`
    const wish = { purpose: "A resource server asks", scopes: ["introspectToken"] }
    asker = (
      await askAs<{ token: string }>(world.tabard.server, world.steward, { path: "/api-tokens", body: wish })
    ).token
  })
  after(() => stack.disposeAsync())

  for (const [cause, { happens }] of CAUSES.filter(([name]) => ENDS.includes(name)))
    it(`is an end at the other's gateway, introspection and decision once ${cause}`, async () => {
      const { doors, ...held } = await heldAtBoth()
      for (const ask of Object.values(doors)) await until(async () => (await ask()) === "given")
      const ran = await world.upstream.ran()

      await happens(world, held)

      // What is decided is read in that moment, however lately the door saw the token stand.
      assert.notEqual(await doors.decision(), "given")
      await until(async () => (await doors.gateway()) !== "given")
      await until(async () => (await doors.introspection()) !== "given")
      assert.notEqual(await doors.decision(), "given")
      assert.deepEqual(await world.upstream.ran(), ran, "nothing reached the server behind")
    })

  it("a manifest that was replaced at one is gone at the other's next evaluation that knows of it, and soon at each", async () => {
    const { server } = world.tabard
    const { api } = world.ann
    const agent = await governAgent(server, api)
    const { key } = agent.credentials
    const { accessToken: token } = await new TokenSource(agent.credentials, { task: agent.task.id }).token()
    const evaluated = async (at: string, context: object = {}): Promise<Evaluated> => {
      const body = {
        subject: { type: "agent", id: agent.id },
        action: { name: "tools/call" },
        resource: { type: "tool", id: "notes/read_note" },
        context: { task: agent.task.id, arguments: { topic: "groceries" }, ...context },
      }
      const post = { path: "/access/v1/evaluation", key, token, body, at }
      return JSON.parse((await posted(server.publicUrl, post)).text)
    }
    await until(async () => (await evaluated(other)).decision)
    await api.putManifest({ id: agent.id, manifest: NOTES_MANIFEST.replace(/.*read_note.*\n/, "") })
    const { decision, context } = await evaluated(server.publicUrl)
    assert.equal(decision, false, "where it was replaced, at once")
    const next = await evaluated(other, { at_least: context.version })
    assert.deepEqual([next.decision, next.context.code], [false, context.code])
    assert.ok(next.context.version >= context.version)
    await until(async () => !(await evaluated(other)).decision)
    assert.equal((await evaluated(other)).decision, false, "and it does not come back")
  })

  it("RFC9700 §4.14.2: of many uses of one refresh token at both, one is first, and all of it ends", async () => {
    const { server } = world.tabard
    const clientId = await adoptedClient(server, world.steward)
    const { client, response } = await signedIn(server, world.steward, { clientId, bound: false })
    const { refresh_token: token = assert.fail() } = await tokensIn(client, response)
    const form = { grant_type: "refresh_token", client_id: clientId, resource: `${server.publicUrl}/mcp` }
    const refresh = (at: string, refreshToken: string): Promise<RawAnswer> =>
      sent(at, "/oauth/token", { ...form, refresh_token: refreshToken })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => refresh(n % 2 === 0 ? other : server.publicUrl, token)),
    )
    const won = answers.filter(({ status }) => status === 200).map(({ text }) => Object(JSON.parse(text)))
    assert.equal(won.length, 1, answers.map(({ text }) => text).join("\n"))
    const [{ access_token: access, refresh_token: next }] = [won[0] ?? assert.fail()]
    for (const at of [other, server.publicUrl]) assert.equal((await refresh(at, next)).status, 400)
    const { jti = "" } = decodeJwt(access)
    const record = await server.organisation.shelf.snapshot(({ tokens }) => tokens.find(jti))
    assert.ok(record?.revokedAt)
  })

  type Doors = Readonly<Record<"gateway" | "introspection" | "decision", () => Promise<Answer>>>

  /** An agent with a token under a task, and what the other replica's doors say of it. */
  async function heldAtBoth(): Promise<Prepared & { readonly doors: Doors }> {
    const agent = await ownedAgent(world)
    const { credentials, task } = agent
    const { key } = credentials
    const { accessToken: token } = await new TokenSource(credentials, { task: task.id }).token()
    const parts = { task: task.id, key: credentials, parent: { token, by: credentials } }
    const doors: Doors = {
      gateway: () => carried(world, { key, accessToken: token, at: other }),
      introspection: () => introspected(token),
      decision: () => called(world, { agent, token, tool: "read_note", at: other }),
    }
    return { ...prepared(agent, parts, doors.decision), doors }
  }

  async function introspected(token: string): Promise<Answer> {
    const { text } = await sent(
      other,
      "/oauth/introspection",
      { token },
      { authorization: `Bearer ${asker}` },
    )
    return Object(JSON.parse(text)).active === true ? "given" : text
  }

  function sent(
    at: string,
    path: string,
    form: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RawAnswer> {
    const { host } = new URL(world.tabard.server.publicUrl)
    const type = { "content-type": "application/x-www-form-urlencoded" }
    const body = `${new URLSearchParams(form)}`
    return rawRequest(at, { method: "POST", path, body, headers: { host, ...type, ...headers } })
  }
})
