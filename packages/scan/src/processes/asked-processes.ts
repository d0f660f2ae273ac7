import { execFile } from "node:child_process"
import { splitCommandLine } from "../launch/split-command-line.ts"
import {
  type ListProcesses,
  LONGEST_COMMAND,
  MOST_PROCESSES,
  type RunningProcess,
} from "./running-process.ts"

const LONGEST_ANSWER_BYTES = 32 * 1024 * 1024
const LONGEST_WAIT_MS = 15_000

/** Runs one program of the system with the words given, and answers what it wrote. */
export type Ask = (program: string, args: readonly string[], signal: AbortSignal) => Promise<string>

/** Asks the system itself: by the program's full path, without a shell, for a while, and for so much. */
export const askSystem: Ask = (program, args, signal) =>
  new Promise((answer, refuse) => {
    const limits = { maxBuffer: LONGEST_ANSWER_BYTES, timeout: LONGEST_WAIT_MS, windowsHide: true }
    execFile(program, args, { ...limits, signal, encoding: "utf8" }, (error, stdout) => {
      // What it said of the error may quote command lines.
      if (error) refuse(new Error("the system did not tell which programs run"))
      else answer(stdout)
    })
  })

/** One column an option: behind `=` the rest of an option is a heading. */
const PS_ARGUMENTS = ["-axww", ...["pid=", "ppid=", "uid=", "command="].flatMap((column) => ["-o", column])]

/** Answers how to list the processes of the user `owner` by `ps`, as macOS has it. */
export function psProcesses(owner: number, ask: Ask = askSystem): ListProcesses {
  return async (signal) => ({
    processes: linesOf(await ask("/bin/ps", PS_ARGUMENTS, signal))
      .flatMap((line) => {
        const [, pid, parent, user, command] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.+)$/s.exec(line) ?? []
        return Number(user) === owner && command ? [processOf(Number(pid), Number(parent), command)] : []
      })
      .slice(0, MOST_PROCESSES),
  })
}

const POWERSHELL = String.raw`C:\Windows\System32\WindowsPowerShell\v1.0\powershell.exe`
const QUESTION =
  "Get-CimInstance Win32_Process | Where-Object CommandLine | Select-Object ProcessId,ParentProcessId,CommandLine | ConvertTo-Json -Compress"

/** Answers how to list processes by PowerShell: Windows tells the command lines of one's own alone, unless one administers it. */
export function powershellProcesses(ask: Ask = askSystem): ListProcesses {
  return async (signal) => {
    const args = ["-NoProfile", "-NonInteractive", "-Command", QUESTION]
    const answer: unknown = JSON.parse((await ask(POWERSHELL, args, signal)) || "[]")
    const rows: readonly unknown[] = Array.isArray(answer) ? answer : [answer]
    return { processes: rows.slice(0, MOST_PROCESSES).flatMap(rowProcess) }
  }
}

function rowProcess(row: unknown): readonly RunningProcess[] {
  if (typeof row !== "object" || row === null) return []
  const [pid, parent, command] = ["ProcessId", "ParentProcessId", "CommandLine"].map((name): unknown =>
    Reflect.get(row, name),
  )
  const isRow = typeof pid === "number" && typeof parent === "number" && typeof command === "string"
  return isRow ? [processOf(pid, parent, command)] : []
}

function processOf(pid: number, parent: number, line: string): RunningProcess {
  return { pid, parent, command: splitCommandLine(line.slice(0, LONGEST_COMMAND)) }
}

function linesOf(text: string): readonly string[] {
  return text.split("\n")
}
