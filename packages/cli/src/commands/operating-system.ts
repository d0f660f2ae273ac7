import type { OperatingSystem } from "@tabard/scan"

/** Answers the operating system that this program runs on; one that is unknown is read like Linux. */
export function operatingSystem(): OperatingSystem {
  if (process.platform === "win32") return "windows"
  return process.platform === "darwin" ? "macos" : "linux"
}
