import assert from "node:assert/strict"
import { writeFile } from "node:fs/promises"
import { join } from "node:path"
import { after, before, describe, it } from "node:test"
import { boundFetch } from "@tabard/client"
import { readManifest } from "@tabard/intent"
import { connectAgent } from "../world/agent.ts"
import { type CommandWorld, openCommandWorld } from "../world/command-world.ts"
import { type GovernedAgent, governAgent, NOTES_MANIFEST } from "../world/governed-agent.ts"
import type { RunningTabard, SignedInPerson } from "../world/running-tabard.ts"
import type { Ended } from "../world/tabard-process.ts"

const stack = new AsyncDisposableStack()
let world: CommandWorld
let tabard: RunningTabard
let ann: SignedInPerson
let agent: GovernedAgent

before(async () => {
  world = stack.use(await openCommandWorld())
  ;({ tabard, ann } = world)
  agent = await governAgent(tabard.server, ann.api)
  await world.keepToken("write", ["agents:read", "agents:write"])
  await world.keepToken("read", ["agents:read"])
})
after(() => stack.disposeAsync())

describe("tabard agents", () => {
  it("lists the agents, a line each, or as JSON", async () => {
    const { code, stdout, stderr } = await command("agents", "list", "--state", "active")
    assert.equal(code, 0, stderr)
    assert.match(stdout, new RegExp(`^${agent.id} +active +Ann +Helper\n$`))
    const { agents } = JSON.parse((await command("agents", "list", "--json")).stdout)
    assert.deepEqual(
      agents.map(({ id }: { id: string }) => id),
      [agent.id],
    )
  })

  it("shows one with its installs, the age of their keys and where these are", async () => {
    const { stdout } = await command("agents", "show", agent.id)
    assert.match(
      stdout,
      new RegExp(`${agent.credentials.instance}  key in file \\(laptop\\), since 2\\d{3}-`),
    )
    assert.match(stdout, /identity +spiffe:\/\//)
  })

  it("does nothing without a reason, and nothing with a token that only reads", async () => {
    assert.equal((await command("agents", "suspend", agent.id)).code, 2)
    const refused = await command("agents", "suspend", agent.id, "--reason", "x", "--token-file", "read")
    assert.deepEqual([refused.code, /refuses \(403\)/.test(refused.stderr)], [1, true])
    assert.equal((await ann.api.getAgent({ id: agent.id })).state, "active")
  })

  it("lets an agent go on for no API token: that is a person's word", async () => {
    const { id } = await governAgent(tabard.server, ann.api)
    await ann.api.suspendAgent({ id, reason: "a test" })
    const refused = await command("agents", "resume", id, "--reason", "a test")
    assert.deepEqual([refused.code, /refuses \(403\)/.test(refused.stderr)], [1, true])
    assert.equal((await ann.api.getAgent({ id })).state, "suspended")
  })

  it("ends one install, and says how the agent stands then", async () => {
    const { instance } = agent.credentials
    const { code, stdout } = await command("agents", "revoke-key", agent.id, instance, "--reason", "lost")
    assert.equal(code, 0)
    assert.match(stdout, new RegExp(`${instance}.* revoked 2\\d{3}-`))
    const again = await command("agents", "revoke-key", agent.id, instance, "--reason", "lost")
    assert.deepEqual([again.code, /no live instance/.test(again.stderr)], [1, true])
  })

  for (const [how, state] of [
    ["suspend", "suspended"],
    ["quarantine", "quarantined"],
  ] as const)
    it(`stops an agent: ${how}`, async () => {
      const { id } = await governAgent(tabard.server, ann.api)
      const { code, stdout, stderr } = await command("agents", how, id, "--reason", "a test")
      assert.equal(code, 0, stderr)
      assert.ok(stdout.includes(state))
      assert.equal((await ann.api.getAgent({ id })).state, state)
    })
})

describe("tabard observe", () => {
  it("says what enforcing would stop by its exit code, and suggests a manifest that can be kept as it is", async () => {
    const { id, credentials, task } = await governAgent(tabard.server, ann.api)
    const never = await command("observe", "status", id)
    assert.deepEqual([never.code, never.stdout], [0, "enforced: it was never observed\n"])
    const refused = await command("observe", "start", id, "--days", "2", "--reason", "by a machine")
    assert.deepEqual([refused.code, /refuses \(403\)/.test(refused.stderr)], [1, true])
    await ann.api.observeAgent({ id, days: 2, reason: "before it goes live" })
    await using hands = await connectAgent(
      tabard.server.publicUrl,
      boundFetch(credentials, { task: task.id }),
    )
    await hands.call("read_note", { topic: "a" })
    const fine = await command("observe", "preview", id)
    assert.deepEqual([fine.code, fine.stdout], [0, "of 1 calls: 1 permitted, 0 asked about, 0 denied\n"])

    await hands.call("write_note", { topic: "a", content: "tidy" })
    const asks = await command("observe", "preview", id)
    assert.equal(asks.code, 3, asks.stderr)
    assert.match(asks.stdout, /^ {2}ask +1 {2}notes\/write_note/m)
    await writeFile(join(world.cwd, "narrow.yaml"), READS)
    const denies = await command("observe", "preview", id, "--manifest", "narrow.yaml")
    assert.equal(denies.code, 4, denies.stderr)
    assert.match(denies.stdout, /^ {2}deny +1 {2}notes\/write_note/m)

    const suggested = await command("observe", "suggest", id)
    assert.match(suggested.stdout, /^# of 2 calls: 1 permitted, 1 asked about, 0 denied$/m)
    const { tools } = readManifest(suggested.stdout)
    assert.deepEqual(
      tools.map(({ tool }) => tool),
      ["read_note", "write_note"],
    )

    const status = await command("observe", "status", id)
    assert.match(status.stdout, /^observed: .*\nbegan +2.*, by Ann: before it goes live$/m)
    assert.match(status.stdout, /^calls +2 let through$/m)
    assert.equal((await command("observe", "end", id)).code, 2)
    const ended = await command("observe", "end", id, "--reason", "seen enough")
    assert.match(ended.stdout, /^enforced\n/)
    const again = await command("observe", "end", id, "--reason", "seen enough")
    assert.deepEqual([again.code, /is not observed/.test(again.stderr)], [1, true])
    assert.equal((await command("observe", "start", id, "--days", "31", "--reason", "x")).code, 2)
  })
})

const READS = NOTES_MANIFEST.replace(/\n.*write_note.*\n/, "\n")

function command(...args: readonly string[]): Promise<Ended> {
  const token = args.includes("--token-file") ? [] : ["--token-file", "write"]
  return world.run([...args, "--server", tabard.server.publicUrl, ...token])
}
