import { userInfo } from "node:os"
import { resolve } from "node:path"
import type { OperatingSystem } from "../knowledge/knowledge-pack.ts"
import { powershellProcesses, psProcesses } from "./asked-processes.ts"
import { procProcesses } from "./proc-processes.ts"
import type { ListProcesses } from "./running-process.ts"

/** Answers how to list the processes of whoever asks; undefined where `home` is not their own, for then they say nothing about it. */
export function systemProcesses(os: OperatingSystem, home: string): ListProcesses | undefined {
  const { homedir, uid } = userInfo()
  if (resolve(home) !== resolve(homedir)) return undefined
  switch (os) {
    case "linux":
      return procProcesses("/proc", uid)
    case "macos":
      return psProcesses(uid)
    case "windows":
      return powershellProcesses()
  }
}
