import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, before, describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import type { LogView } from "@tabard/api"
import { checkPolicy, parsePolicy } from "@tabard/log"
import { sha256, verifySignature } from "@tabard/log/node"
import { type LiteWitness, startLiteWitness } from "../world/lite-witness.ts"
import { lacksTools, requireTool } from "../world/outside-tool.ts"
import { type RunningTabard, runTabard, type SignedInPerson, signInFirst } from "../world/running-tabard.ts"

const run = promisify(execFile)
const PAGE = new URL("../../docs/verify-without-us.md", import.meta.url)
const LAUNCHER = fileURLToPath(new URL("../../packages/cli/bin/tabard.js", import.meta.url))
const TOOLS = ["fsck", "litewitness", "verify-log", "verify-proof", "witnessctl"]

describe("a newcomer with the page, a token, a key and a policy", { skip: lacksTools(...TOOLS) }, () => {
  let tabard: RunningTabard
  let ann: SignedInPerson
  let witness: LiteWitness
  let directory: string
  let event: string

  before(async () => {
    tabard = await runTabard()
    ann = await signInFirst(tabard.server, "Ann")
    await ann.api.enterAgent({ name: "Notes helper" })
    await tabard.server.publish()
    witness = await startLiteWitness("witness.example/lite", (await ann.api.getLog({})).verifierKey)
    directory = await mkdtemp(join(tmpdir(), "tabard-newcomer-"))
  })
  after(async () => {
    await witness[Symbol.asyncDispose]()
    await tabard[Symbol.asyncDispose]()
    await rm(directory, { recursive: true, force: true })
    assert.deepEqual(tabard.faults, [])
  })

  it("finds a log that is witnessed once an administrator has named the witness", async () => {
    assert.equal((await ann.api.getLog({})).evidence, null)
    const { policy } = await ann.api.putLogPolicy({
      text: `witness lite ${witness.verifierKey} ${witness.url}\nquorum lite\n`,
    })
    const log = await until(ann, ({ evidence }) => evidence === "green")
    assert.ok((log.quorum?.size ?? 0) > 1)
    const seen = await checkPolicy(
      verifySignature,
      parsePolicy(sha256, Buffer.from(policy)),
      Buffer.from(await served("witnessed-checkpoint")),
    )
    assert.equal(seen.satisfied, true)
    assert.equal(await served("policy"), policy)
    assert.equal((await ann.api.getLogPolicy({})).policy, policy)
    await Promise.all([
      writeFile(join(directory, "policy"), policy),
      writeFile(join(directory, "vkey"), `${log.verifierKey}\n`),
      writeFile(join(directory, "token"), await tokenOf(ann), { mode: 0o600 }),
    ])
    event =
      (await ann.api.listEvents({ type: "agent.entered" })).items[0]?.id ?? assert.fail("nothing is recorded")
  })

  it("comes to the end, by the commands as they stand on the page", async () => {
    const said = await follow(await commands())
    assert.match(said, /verified: audit\.tabard\.localhost\/default\/1, \d+ entries/)
    assert.match(said, /entry 0 is included/)
    assert.match(said, /Successfully fsck'd/)
    assert.match(said, /the log still begins with the \d+ entries of the kept checkpoint/)
    assert.match(said, /verified: the entry is in the log, and the policy is satisfied/)
  })

  it("is stopped by a proof whose entry is another by one bit, and by one that no witness has cosigned", async () => {
    const verify = (entry: string, proof: string) =>
      run(requireTool("verify-proof"), ["-policy", "policy", "-entry", entry, "-proof", proof], {
        cwd: directory,
      })
    await verify("event.entry", "event.tlog-proof")

    const entry = await readFile(join(directory, "event.entry"))
    await writeFile(join(directory, "bent"), entry.with(9, (entry[9] ?? 0) ^ 1))
    await assert.rejects(verify("bent", "event.tlog-proof"), /inclusion proof verification failed/)

    const proof = await readFile(join(directory, "event.tlog-proof"), "utf8")
    await writeFile(join(directory, "alone"), proof.replace(/^— witness.*\n/m, ""))
    await assert.rejects(verify("event.entry", "alone"), /policy/)
  })

  it("is told the same by our own tool, of the newest checkpoint that the quorum has seen", async () => {
    await ann.api.enterAgent({ name: "One of the last second" })
    await tabard.server.publish()
    const log = `${tabard.server.publicUrl}/log`
    const options = ["--policy", "policy", "--token-file", "token", "--json"]
    const { stdout } = await run(process.execPath, [LAUNCHER, "audit", "verify", log, ...options], {
      cwd: directory,
    })
    const found: unknown = JSON.parse(stdout)
    assert.equal(Reflect.get(Object(found), "ok"), true, stdout)
  })

  /** Runs commands of the page in one shell, in the newcomer's directory. */
  async function follow(script: string): Promise<string> {
    const path = [dirname(requireTool("fsck")), process.env["PATH"]].join(":")
    const env = { ...process.env, PATH: path, TABARD: tabard.server.publicUrl, EVENT: event }
    const { stdout } = await run("bash", ["-euo", "pipefail", "-c", script], { cwd: directory, env })
    return stdout
  }

  async function served(path: string): Promise<string> {
    const answer = await fetch(`${tabard.server.publicUrl}/log/${path}`, {
      headers: { cookie: ann.cookie() },
    })
    assert.equal(answer.status, 200)
    return answer.text()
  }
})

/** The commands of the page that are marked to be run. */
async function commands(): Promise<string> {
  const page = await readFile(PAGE, "utf8")
  const blocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block)
  assert.equal(blocks.length, 5)
  return blocks.join("\n")
}

async function tokenOf({ api }: SignedInPerson): Promise<string> {
  const scopes = ["readLog", "getEventProof"]
  return (await api.makeApiToken({ purpose: "the audit", scopes })).token
}

async function until({ api }: SignedInPerson, holds: (log: LogView) => boolean): Promise<LogView> {
  const late = AbortSignal.timeout(120_000)
  for (;;) {
    const log = await api.getLog({})
    if (holds(log)) return log
    if (late.aborted) assert.fail(`it did not come about: ${JSON.stringify(log)}`)
    await pause(100)
  }
}
