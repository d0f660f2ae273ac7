import assert from "node:assert/strict"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { federatedCredentials, Refused, TokenSource, type WorkloadSource } from "@tabard/client"
import { decodeJwt } from "jose"
import { openWorkloadWorld, type WorkloadWorld, workloadToken } from "./testing/workload-world.ts"

describe("the SDK of a workload", () => {
  it("brings a token from a file, read anew each time, and gets the agent's, bound to a key of its own", async () => {
    await using world = await openWorkloadWorld("kubernetes")
    await using folder = await temporary()
    const path = join(folder.path, "token")
    const tokens = await sourceOf(world, { kind: "file", path })
    for (let time = 0; time < 2; time++) {
      await writeFile(path, `${await workloadToken(world)}\n`)
      const token = await tokens.token()
      assert.equal(decodeJwt(token.accessToken)["instance"], world.rule.instance)
      tokens.forget(token)
    }
  })

  it("brings one from the environment, for the install that it names", async () => {
    await using world = await openWorkloadWorld("spiffe")
    const env = { SVID: await workloadToken(world) }
    const source = { kind: "env", name: "SVID" } as const
    const tokens = await sourceOf(world, source, { env, instance: world.rule.instance })
    assert.equal(decodeJwt((await tokens.token()).accessToken)["agent"], world.agent.id)
  })

  it("asks GitHub Actions for one, for the audience of the rule", async () => {
    await using world = await openWorkloadWorld("github-actions")
    const value = await workloadToken(world)
    world.issuer.answer = (path, response) => {
      if (!path.startsWith("/request")) return false
      const audience = new URL(path, world.issuer.url).searchParams.get("audience")
      response.writeHead(audience === world.server.issuer ? 200 : 400).end(JSON.stringify({ value }))
      return true
    }
    const env = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${world.issuer.url}/request?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of the runner",
    }
    const tokens = await sourceOf(world, { kind: "github-actions" }, { env })
    assert.equal(decodeJwt((await tokens.token()).accessToken)["agent"], world.agent.id)
  })

  it("says what to do where the platform gives none", async () => {
    await using world = await openWorkloadWorld("openid")
    const cases: readonly (readonly [WorkloadSource, RegExp])[] = [
      [{ kind: "env", name: "NONE" }, /NONE holds no token/],
      [{ kind: "github-actions" }, /id-token: write/],
      [{ kind: "url", url: "http://tokens.example/" }, /no https address/],
      [{ kind: "url", url: `${world.issuer.url}/none` }, /answers 404/],
    ]
    for (const [source, words] of cases)
      await assert.rejects((await sourceOf(world, source, { env: {} })).token(), words)
  })

  it("hears why the server takes its token by no rule", async () => {
    await using world = await openWorkloadWorld("openid")
    const env = { TOKEN: await workloadToken(world, { exp: 1, iat: 0 }) }
    const tokens = await sourceOf(world, { kind: "env", name: "TOKEN" }, { env })
    await assert.rejects(
      tokens.token(),
      (error) =>
        error instanceof Refused && error.code === "invalid_grant" && /It is over/.test(error.message),
    )
  })
})

async function sourceOf(
  { server, resource }: WorkloadWorld,
  source: WorkloadSource,
  options: Pick<Parameters<typeof federatedCredentials>[0], "env" | "instance"> = {},
): Promise<TokenSource> {
  return new TokenSource(await federatedCredentials({ issuer: server.issuer, resource, source, ...options }))
}

async function temporary(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "tabard-workload-"))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
