import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { existsSync } from "node:fs"
import { describe, it } from "node:test"
import { type Ask, askSystem, powershellProcesses, psProcesses } from "./asked-processes.ts"

const SIGNAL = new AbortController().signal

describe("the processes that macOS tells of", () => {
  it("are those of one user, from what ps writes", async () => {
    const written = [
      "    1     0     0 /sbin/launchd",
      "  501   400   501 node /opt/homebrew/bin/gemini --yolo",
      `  502   501   501 bash -c "run it" 'now'`,
      "  no line of a process",
      "",
    ].join("\n")
    const asked: unknown[] = []
    const ask: Ask = (program, args) => {
      asked.push(program, args)
      return Promise.resolve(written)
    }
    assert.deepEqual((await psProcesses(501, ask)(SIGNAL)).processes, [
      { pid: 501, parent: 400, command: ["node", "/opt/homebrew/bin/gemini", "--yolo"] },
      { pid: 502, parent: 501, command: ["bash", "-c", "run it", "now"] },
    ])
    assert.deepEqual(asked, [
      "/bin/ps",
      ["-axww", "-o", "pid=", "-o", "ppid=", "-o", "uid=", "-o", "command="],
    ])
  })
})

describe("the processes that ps of this system tells of", { skip: !existsSync("/bin/ps") }, () => {
  it("are those that run", async (t) => {
    const child = spawn("sleep", ["60"])
    t.after(() => child.kill())
    const { processes } = await psProcesses(process.getuid?.() ?? -1)(SIGNAL)
    const found = processes.find(({ pid }) => pid === child.pid)
    assert.deepEqual(found, { pid: child.pid, parent: process.pid, command: ["sleep", "60"] })
  })
})

describe("the processes that Windows tells of", () => {
  it("are those whose command line it tells, one or many", async () => {
    const row = {
      ProcessId: 12,
      ParentProcessId: 4,
      CommandLine: String.raw`"C:\Program Files\x\claude.exe" --verbose`,
    }
    const seen = { pid: 12, parent: 4, command: [String.raw`C:\Program Files\x\claude.exe`, "--verbose"] }
    const rows = [row, { ProcessId: 13, ParentProcessId: 4, CommandLine: null }, null, "x"]
    assert.deepEqual((await powershellProcesses(saying(JSON.stringify(rows)))(SIGNAL)).processes, [seen])
    assert.deepEqual((await powershellProcesses(saying(JSON.stringify(row)))(SIGNAL)).processes, [seen])
    assert.deepEqual((await powershellProcesses(saying(""))(SIGNAL)).processes, [])
  })
})

describe("a system that is asked", () => {
  it("and fails says nothing of what it was about to tell", async () => {
    const args = [
      "-e",
      "process.stdout.write('canary-of-a-secret'); process.stderr.write('canary-of-a-secret'); process.exit(3)",
    ]
    await assert.rejects(askSystem(process.execPath, args, SIGNAL), (error: Error) => {
      assert.doesNotMatch(`${error.message}${error.stack ?? ""}`, /canary/)
      return true
    })
  })
})

function saying(text: string): Ask {
  return () => Promise.resolve(text)
}
