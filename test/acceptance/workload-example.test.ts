import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { fileURLToPath } from "node:url"
import type { TrustRuleView } from "@tabard/api"
import { boundFetch, federatedCredentials } from "@tabard/client"
import { parseAllDocuments } from "yaml"
import { connectAgent } from "../world/agent.ts"
import { type GovernedAgent, governAgent } from "../world/governed-agent.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"
import { makeShiftingServer } from "../world/shifting-server.ts"
import { startWorkloadIssuer, type WorkloadIssuer } from "../world/workload-issuer.ts"

const stack = new AsyncDisposableStack()
let tabard: RunningTabard
let ada: SignedInPerson
let agent: GovernedAgent
let issuer: WorkloadIssuer
let rule: TrustRuleView

before(async () => {
  tabard = stack.use(await runTabard())
  ada = await signInFirst(tabard.server, "Ada")
  const { launch } = stack.use(await makeShiftingServer())
  await ada.api.registerServer({ name: "notes", launch })
  agent = await governAgent(tabard.server, ada.api)
  issuer = stack.use(await startWorkloadIssuer())
  const fields = { form: "openid", issuer: issuer.url, subject: "repo:acme/app" } as const
  rule = await ada.api.makeTrustRule({ agent: agent.id, name: "example", fields, oneTime: true })
})
after(() => stack.disposeAsync())

describe("the example of a workload", () => {
  it("acts as the agent by what a job of GitHub Actions is given, and once by each token", async () => {
    issuer.forJob = await token()
    const job = {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${issuer.url}/job`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: "runner",
    }
    assert.match((await run(["github-actions"], job)).said, /^I may act until 20/)
    assert.match(
      (await run(["github-actions"], job)).said,
      /its trust rule takes each once: have the platform give another/,
    )
  })

  it("calls through the gateway as the agent, with the task that it names", async () => {
    const { publicUrl } = tabard.server
    const addresses = { issuer: `${publicUrl}/oauth`, resource: `${publicUrl}/mcp` }
    const source = { kind: "env", name: "TOKEN" } as const
    const credentials = await federatedCredentials({ ...addresses, source, env: { TOKEN: await token() } })
    await using hands = await connectAgent(publicUrl, boundFetch(credentials, { task: agent.task.id }))
    assert.notEqual((await hands.call("read_note", { topic: "x" })).isError, true)
    const { items } = await ada.api.listEvents({ agent: agent.id, type: "call.finished" })
    assert.equal(items.length, 1)
  })

  it("acts by what is projected into a file, and is told what to do where there is nothing", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tabard-example-"))
    stack.defer(() => rm(folder, { recursive: true, force: true }))
    const file = join(folder, "token")
    await writeFile(file, await token())
    const { said, code } = await run(["file", file])
    assert.match(said, /^I may act until/)
    assert.ok(!said.includes("ey"), "no token is shown")
    assert.equal(code, 0)
    assert.match((await run(["github-actions"])).said, /id-token: write/)
  })

  it("finds the issuer by the server's address alone, where nobody names it", async () => {
    const unnamed = { TABARD_ISSUER: "", TOKEN: await token() }
    assert.match((await run(["env", "TOKEN"], unnamed)).said, /^I may act until/)
  })

  it("is nobody once its rule is removed", async () => {
    await ada.api.removeTrustRule({ id: rule.id, reason: "over" })
    const { said, code } = await run(["env", "TOKEN"], { TOKEN: await token() })
    assert.match(said, /no trust rule takes this token/)
    assert.equal(code, 1)
  })
})

describe("the files beside the example", () => {
  it("of GitHub Actions ask for a token of the platform, and for nothing else that writes", async () => {
    const [workflow] = await documents("github-actions/agent.yml")
    assert.deepEqual(workflow["permissions"], { contents: "read", "id-token": "write" })
    const { env, steps, environment } = workflow["jobs"].agent
    assert.deepEqual(Object.keys(env), ["TABARD_ISSUER", "TABARD_RESOURCE"])
    assert.equal(environment, "production")
    assert.ok(
      steps.some((step: { run?: string }) => step.run?.includes("examples/workload-agent.ts github-actions")),
    )
  })

  it("of Kubernetes project a token of ten minutes for the issuer, where the example reads it", async () => {
    const [account, pod] = await documents("kubernetes/agent.yaml")
    assert.equal(account["automountServiceAccountToken"], false)
    const { containers, volumes, serviceAccountName } = pod["spec"]
    assert.equal(serviceAccountName, account["metadata"].name)
    const [{ command, env, volumeMounts }] = containers
    const projected = volumes[0].projected.sources[0].serviceAccountToken
    assert.equal(projected.audience, env[0].value)
    assert.equal(projected.expirationSeconds, 600)
    assert.deepEqual(command.slice(1), [
      "examples/workload-agent.ts",
      "file",
      join(volumeMounts[0].mountPath, projected.path),
    ])
  })
})

function token(): Promise<string> {
  const aud = `${tabard.server.publicUrl}/oauth`
  return issuer.token({ sub: "repo:acme/app", aud, jti: crypto.randomUUID() })
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ said: string; code: number }> {
  const example = fileURLToPath(new URL("../../examples/workload-agent.ts", import.meta.url))
  const { publicUrl } = tabard.server
  const addresses = { TABARD_ISSUER: `${publicUrl}/oauth`, TABARD_RESOURCE: `${publicUrl}/mcp` }
  return new Promise((resolve) => {
    const options = { env: { PATH: process.env["PATH"] ?? "", ...addresses, ...env }, timeout: 240_000 }
    execFile(process.execPath, [example, ...args], options, (error, stdout, stderr) =>
      resolve({ said: stdout + stderr, code: error ? 1 : 0 }),
    )
  })
}

// oxlint-disable-next-line typescript/no-explicit-any -- other people's formats, of which single members are looked at
async function documents(file: string): Promise<readonly any[]> {
  const text = await readFile(new URL(`../../examples/${file}`, import.meta.url), "utf8")
  return parseAllDocuments(text).map((document) => document.toJS())
}
