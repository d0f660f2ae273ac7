import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { mkdtempDisposable, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it } from "node:test"
import { DEFAULT_TOKEN_SETTINGS, TIERS } from "@tabard/core"
import { askEndpoint } from "../../packages/server/src/oauth/testing/endpoint-request.ts"
import { openOAuthWorld } from "../../packages/server/src/oauth/testing/oauth-world.ts"
import { lacksTools, requireTool } from "../world/outside-tool.ts"

describe("an identity of ours, by go-spiffe", { skip: lacksTools("verify-svid") }, () => {
  it("is whom it says it is by the bundle that we serve, for its audience and in its trust domain alone", async () => {
    await using world = await openOAuthWorld()
    await using folder = await mkdtempDisposable(join(tmpdir(), "tabard-svid-"))
    const settings = { ...DEFAULT_TOKEN_SETTINGS, bearerTiers: TIERS }
    await world.shelf.transact(({ organisation }) => organisation.putTokenSettings(settings))
    const { body } = await askEndpoint(world, `${world.server.issuer}/svid`, {
      audience: "https://vault.example",
    })
    const bundle = join(folder.path, "bundle.json")
    const served = await fetch(new URL("/.well-known/spiffe-bundle", world.server.issuer))
    await writeFile(bundle, await served.text())

    const verify = (domain: string, audience: string): ReturnType<typeof verdict> =>
      verdict(requireTool("verify-svid"), [bundle, domain, audience], String(body["svid"]))
    const id = `spiffe://acme.example/agent/${world.agent.id}`
    assert.deepEqual(verify("acme.example", "https://vault.example"), { status: 0, said: id })
    assert.equal(verify("acme.example", "https://other.example").status, 1)
    assert.equal(verify("evil.example", "https://vault.example").status, 1)
  })
})

function verdict(
  tool: string,
  args: readonly string[],
  input: string,
): { status: number | null; said: string } {
  const { status, stdout } = spawnSync(tool, [...args], { input, encoding: "utf8", timeout: 240_000 })
  return { status, said: stdout.trim() }
}
