import assert from "node:assert/strict"
import { execFile } from "node:child_process"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, it } from "node:test"
import { setTimeout as pause } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { CANARY, makeMachine } from "../world/machine.ts"
import { runTabard } from "../world/running-tabard.ts"
import { seed } from "../world/seed.ts"

const EXAMPLE = fileURLToPath(new URL("../../examples/notes-agent.ts", import.meta.url))

describe("the example agent of the ten minutes", () => {
  it("lists its folder, writes once its owner agrees, and is turned away at the fence", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root], gateway: { progressEveryMs: 20 } })
    const { ann, credentialsFile, task } = await seed(tabard, machine)
    const args = ["--credentials", credentialsFile, "--task", task.id, "--folder", machine.notes]
    const running = promisify(execFile)(process.execPath, [EXAMPLE, ...args], { timeout: 240_000 })
    await approveFirst(ann)
    const { stdout } = await running
    assert.match(stdout, /I may call: read_text_file|I may call: .*list_directory/)
    assert.match(stdout, /groceries\.md/)
    assert.equal(stdout.match(/Waiting for approval/g)?.length, 1, "a wait is told once")
    assert.match(readFileSync(join(machine.notes, "INDEX.md"), "utf8"), /# Notes/)
    assert.match(stdout, /Tabard denied this call/)
    assert.ok(!stdout.includes(CANARY))
    assert.deepEqual(tabard.faults, [])
  })

  it("says in one sentence what the server said no with: no such task, a suspended agent, a retired one", async () => {
    await using machine = await makeMachine()
    await using tabard = await runTabard({ scan: [machine.root] })
    const { ann, agent, credentialsFile, task } = await seed(tabard, machine)
    const place = ["--credentials", credentialsFile, "--folder", machine.notes]
    await refused([...place, "--task", "tsk_nothing"], /^Tabard said no: .+\n$/)
    await ann.api.suspendAgent({ id: agent.id, reason: "a test" })
    await refused([...place, "--task", task.id], /^Tabard said no: .+\n$/)
    await ann.api.resumeAgent({ id: agent.id, reason: "a test" })
    await ann.api.retireAgent({ id: agent.id, reason: "a test" })
    await refused([...place, "--task", task.id], /^Tabard said no: .+\n$/)
    assert.deepEqual(tabard.faults, [])
  })

  it("says in one sentence what it cannot read or reach, and how it is used", async () => {
    const place = ["--task", "tsk_x", "--folder", "/"]
    await refused(["--credentials", "/no/such/file", ...place], /^ENOENT: .+\n$/)
    assert.match((await ended(["--help"])).stdout, /^usage: /)
    for (const args of [[], ["--frob"], ["stray"]]) {
      const { code, stderr } = await ended(args)
      assert.equal(code, 2, args.join(" "))
      assert.match(stderr, /usage: npm run example/)
      assert.doesNotMatch(stderr, /^\s+at /m)
    }
  })
})

async function refused(args: readonly string[], words: RegExp): Promise<void> {
  const { code, stderr } = await ended(args)
  assert.equal(code, 1, stderr)
  assert.match(stderr, words)
}

function ended(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [EXAMPLE, ...args], { timeout: 240_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    )
  })
}

async function approveFirst({ api }: Awaited<ReturnType<typeof seed>>["ann"]): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const [question] = (await api.listApprovals({ state: "pending" })).items
    // Long enough for the gateway to say more than once that it waits.
    if (question) await pause(300)
    if (question) return void (await api.answerApproval({ id: question.id, verdict: "approved" }))
    await pause(100)
  }
  throw new Error("the example asked nothing")
}
