import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import { TokenSource } from "@tabard/client"
import { lacks, softToken } from "@tabard/client/testing/tokens"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { startTabard, temporaryDirectory } from "../world/tabard-process.ts"

const KEK_PKCS11 = fileURLToPath(new URL("../../examples/kek-pkcs11.mjs", import.meta.url))

describe("sealing the server's keys under another key-encryption key", () => {
  it("is done while it runs, by command, for every key and once; then the one before opens nothing", async () => {
    await using place = await temporaryDirectory()
    const [before, next] = [await kekFile(place.path, "before"), await kekFile(place.path, "next")]
    const agent = await begin(place.path, { TABARD_KEK_FILE: before })

    const both = { TABARD_KEK_FILE: next, TABARD_KEK_ALSO_FILE: before }
    {
      await using tabard = await runTabard({ data: place.path, env: both })
      await tokenFrom(agent, tabard)
      const ann = await signInAgain(tabard)
      const { token } = await ann.api.makeApiToken({
        purpose: "x",
        role: "administrator",
        scopes: ["keys:write"],
        days: 1,
      })
      await writeFile(join(place.path, "token"), token, { mode: 0o600 })
      const rewrap = ["keys", "rewrap", "--server", tabard.server.publicUrl, "--token-file", "token"]
      const first = await command(place.path, rewrap)
      assert.match(first.stdout, /^[5-9] keys were sealed anew/, first.stderr)
      assert.match((await command(place.path, rewrap)).stdout, /^0 keys were sealed anew/)
      const { items } = await ann.api.listEvents({ type: "key.rewrapped" })
      assert.equal(items.length, Number(first.stdout.slice(0, 1)))
      await tokenFrom(agent, tabard)
      assert.deepEqual(tabard.faults, [])
    }
    {
      await using tabard = await runTabard({ data: place.path, env: { TABARD_KEK_FILE: next } })
      await tokenFrom(agent, tabard)
    }
    await assert.rejects(
      runTabard({ data: place.path, env: { TABARD_KEK_FILE: before } }),
      /sealed under another/,
    )
  })

  it("opens what lies under either, before and after each step, so that replicas may be restarted one by one", async () => {
    await using place = await temporaryDirectory()
    const [before, next] = [await kekFile(place.path, "before"), await kekFile(place.path, "next")]
    const agent = await begin(place.path, { TABARD_KEK_FILE: before })
    for (const env of [
      { TABARD_KEK_FILE: before, TABARD_KEK_ALSO_FILE: next },
      { TABARD_KEK_FILE: next, TABARD_KEK_ALSO_FILE: before },
    ]) {
      await using tabard = await runTabard({ data: place.path, env })
      await tokenFrom(agent, tabard)
    }
  })
})

describe("a key-encryption key in an HSM", { skip: lacks("softhsm2-util", "pkcs11-tool") }, () => {
  it("seals everything, and without the HSM nothing opens", async () => {
    await using place = await temporaryDirectory()
    await using hsm = await softToken()
    const [, module = ""] = /module-path=([^&]*)/.exec(hsm.address) ?? []
    const { PATH = "", SOFTHSM2_CONF = "" } = process.env
    const settings = { KEK_MODULE: module, KEK_TOKEN: "agents", KEK_ID: "01", KEK_PIN_FILE: hsm.pinFile }
    const make = ["--login", "--pin", "1234", "--keypairgen", "--key-type", "rsa:3072", "--id", "01"]
    execFileSync("pkcs11-tool", ["--module", module, "--token-label", "agents", ...make], { stdio: "ignore" })

    const ours = { TABARD_KEK_COMMAND: KEK_PKCS11, TABARD_KEK_FILE: join(place.path, "kek.wrapped") }
    const env = { PATH, SOFTHSM2_CONF, ...settings, ...ours }
    const agent = await begin(place.path, env)
    assert.equal(Buffer.from(await readFile(env.TABARD_KEK_FILE, "utf8"), "base64").length, 3072 / 8)
    {
      await using tabard = await runTabard({ data: place.path, env })
      await tokenFrom(agent, tabard)
    }
    const without = { ...env, KEK_TOKEN: "another" }
    await assert.rejects(runTabard({ data: place.path, env: without }), /ended with 1/)
  })

  it("needs to be told where the wrapped key is", async () => {
    await assert.rejects(runTabard({ env: { TABARD_KEK_COMMAND: KEK_PKCS11 } }), /needs TABARD_KEK_FILE/)
  })
})

/** A first start with data of its own, as far as an agent that gets tokens. */
async function begin(data: string, env: Readonly<Record<string, string>>): Promise<GovernedAgent> {
  await using tabard = await runTabard({ data, env })
  await using upstream = await makeShiftingServer()
  const { api } = await signInFirst(tabard.server, "Ann")
  await api.registerServer({ name: "notes", launch: upstream.launch })
  return governAgent(tabard.server, api)
}

/** The port is another at each start, and with it the addresses. */
async function tokenFrom({ credentials }: GovernedAgent, { server }: RunningTabard): Promise<void> {
  const issuer = `${server.publicUrl}/oauth`
  const addresses = { issuer, tokenEndpoint: `${issuer}/token`, resource: `${server.publicUrl}/mcp` }
  await new TokenSource({ ...credentials, ...addresses }).token()
}

async function signInAgain({ server }: RunningTabard): Promise<SignedInPerson> {
  return signInFirst(server, "Ann")
}

async function kekFile(folder: string, name: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 })
  return path
}

async function command(
  cwd: string,
  args: readonly string[],
): ReturnType<ReturnType<typeof startTabard>["ended"]> {
  await using running = startTabard(args, { cwd })
  return await running.ended()
}
