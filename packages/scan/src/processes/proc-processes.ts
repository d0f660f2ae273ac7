import { type FileHandle, open, readdir, stat } from "node:fs/promises"
import { join } from "node:path"
import {
  type ListProcesses,
  LONGEST_COMMAND,
  MOST_PROCESSES,
  type ProcessList,
  type RunningProcess,
} from "./running-process.ts"

/** What is read at once: enough to be quick, and few descriptors. */
const AT_ONCE = 32

/** Answers how to list the processes of the user `owner` from the files of Linux beneath `proc`; their variables are not read. */
export function procProcesses(proc: string, owner: number): ListProcesses {
  return async (signal) => {
    const names = (await readdir(proc)).filter((name) => /^\d+$/.test(name))
    const processes: RunningProcess[] = []
    for (let at = 0; at < Math.min(names.length, MOST_PROCESSES); at += AT_ONCE) {
      signal.throwIfAborted()
      const some = names.slice(at, Math.min(at + AT_ONCE, MOST_PROCESSES))
      const read = await Promise.all(some.map((name) => readProcess(join(proc, name), owner)))
      processes.push(...read.filter((process) => process !== undefined))
    }
    return listOf(processes, names.length)
  }
}

function listOf(processes: readonly RunningProcess[], there: number): ProcessList {
  if (there <= MOST_PROCESSES) return { processes }
  return { processes, shortfall: `${there} programs run, of which ${MOST_PROCESSES} were looked at` }
}

/** It may end, and its number be another's, between any two of these: what cannot be read is as if it had ended before. */
async function readProcess(folder: string, owner: number): Promise<RunningProcess | undefined> {
  try {
    if ((await stat(folder)).uid !== owner) return undefined
    const command = (await readStart(join(folder, "cmdline"))).split("\0")
    if (command.at(-1) === "") command.pop()
    const parent = parentIn(await readStart(join(folder, "stat")))
    const pid = Number(folder.slice(folder.lastIndexOf("/") + 1))
    return command.length === 0 || parent === undefined ? undefined : { pid, parent, command }
  } catch {
    return undefined
  }
}

/** The second field is the program's name in brackets, and may hold brackets and blanks itself. */
function parentIn(line: string): number | undefined {
  const [, parent] = line.slice(line.lastIndexOf(")") + 2).split(" ")
  return parent === undefined || !/^\d+$/.test(parent) ? undefined : Number(parent)
}

/** These files have no size to ask for. */
async function readStart(path: string): Promise<string> {
  const file = await open(path, "r")
  try {
    return await fill(file, Buffer.alloc(LONGEST_COMMAND))
  } finally {
    await file.close()
  }
}

async function fill(file: FileHandle, buffer: Buffer): Promise<string> {
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length, null)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return buffer.toString("utf8", 0, length)
}
