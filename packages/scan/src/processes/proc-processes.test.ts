import assert from "node:assert/strict"
import { execFileSync, spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { describe, it, type TestContext } from "node:test"
import { procProcesses } from "./proc-processes.ts"
import type { RunningProcess } from "./running-process.ts"

const SIGNAL = new AbortController().signal

describe("the processes that Linux tells of", () => {
  it("are told with their words, whatever blanks and brackets are in them", async (t) => {
    const proc = freshFolder(t)
    writeProcess(proc, 7, "node\0/x/my agent.js\0--name\0a b\0", "7 (we (i) rd) x) S 3 7 7")
    writeProcess(proc, 3, "bash\0", "3 (bash) S 1 3 3")
    assert.deepEqual(await listed(proc), [
      { pid: 3, parent: 1, command: ["bash"] },
      { pid: 7, parent: 3, command: ["node", "/x/my agent.js", "--name", "a b"] },
    ])
  })

  it("are those of one user alone", async (t) => {
    const proc = freshFolder(t)
    writeProcess(proc, 7, "bash\0", "7 (bash) S 1 7 7")
    assert.deepEqual(await listed(proc, 4_294_967_000), [])
  })

  it("leave out those that ended meanwhile, the kernel's own, and what is no process", async (t) => {
    const proc = freshFolder(t)
    mkdirSync(join(proc, "8"))
    writeProcess(proc, 9, "", "9 (kworker/0:1) I 2 0 0")
    writeProcess(proc, 10, "bash\0", "10 (bash) S ? 7")
    writeFileSync(join(proc, "cmdline"), "x")
    execFileSync("mkfifo", [join(proc, "version")])
    assert.deepEqual(await listed(proc), [])
  })

  it("are read no further than a command line needs", async (t) => {
    const proc = freshFolder(t)
    writeProcess(proc, 7, `bash\0${"x".repeat(1_000_000)}`, "7 (bash) S 1 7 7")
    const [process] = await listed(proc)
    assert.ok((process?.command[1]?.length ?? 0) < 40_000)
  })

  it("are those that run", { skip: process.platform !== "linux" }, async (t) => {
    const child = spawn("sleep", ["60"])
    t.after(() => child.kill())
    const { processes } = await procProcesses("/proc", process.getuid?.() ?? -1)(SIGNAL)
    const found = processes.find(({ pid }) => pid === child.pid)
    assert.deepEqual(found, { pid: child.pid, parent: process.pid, command: ["sleep", "60"] })
  })
})

async function listed(
  proc: string,
  owner: number = process.getuid?.() ?? -1,
): Promise<readonly RunningProcess[]> {
  const { processes } = await procProcesses(proc, owner)(SIGNAL)
  return processes.toSorted((a, b) => a.pid - b.pid)
}

function writeProcess(proc: string, pid: number, command: string, stat: string): void {
  mkdirSync(join(proc, String(pid)))
  writeFileSync(join(proc, String(pid), "cmdline"), command)
  writeFileSync(join(proc, String(pid), "stat"), `${stat}\n`)
}

function freshFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "tabard-proc-"))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}
