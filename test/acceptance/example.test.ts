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
    await using tabard = await runTabard({ scan: [machine.root] })
    const { ann, credentialsFile, task } = await seed(tabard, machine)
    const args = ["--credentials", credentialsFile, "--task", task.id, "--folder", machine.notes]
    const running = promisify(execFile)(process.execPath, [EXAMPLE, ...args], { timeout: 60_000 })
    await approveFirst(ann)
    const { stdout } = await running
    assert.match(stdout, /I may call: read_text_file|I may call: .*list_directory/)
    assert.match(stdout, /groceries\.md/)
    assert.match(readFileSync(join(machine.notes, "INDEX.md"), "utf8"), /# Notes/)
    assert.match(stdout, /Tabard denied this call/)
    assert.ok(!stdout.includes(CANARY))
    assert.deepEqual(tabard.faults, [])
  })
})

async function approveFirst({ api }: Awaited<ReturnType<typeof seed>>["ann"]): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const [question] = (await api.listApprovals({ state: "pending" })).items
    if (question) return void (await api.answerApproval({ id: question.id, verdict: "approved" }))
    await pause(100)
  }
  throw new Error("the example asked nothing")
}
