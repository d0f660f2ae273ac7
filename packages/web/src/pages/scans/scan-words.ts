import type { ScanView } from "@tabard/api"
import { count, listed } from "../../words/count.ts"

/** Says what a scan changed: what is new, otherwise, gone. */
export function changeWords({ result }: Pick<ScanView, "result">): string {
  if (result === null) return "not told"
  const { discovered, changed, vanished } = result
  const others = Math.max(0, changed - discovered)
  const parts = [
    discovered > 0 ? count(discovered, "new agent") : "",
    others > 0 ? count(others, discovered > 0 ? "other change" : "change") : "",
    vanished > 0 ? `${count(vanished, "thing")} gone` : "",
  ].filter(Boolean)
  return parts.length === 0 ? "nothing changed" : listed(parts)
}

/** Says how long a scan took. */
export function tookWords({ startedAt, finishedAt }: Pick<ScanView, "startedAt" | "finishedAt">): string {
  const ms = new Date(finishedAt).getTime() - new Date(startedAt).getTime()
  if (!(ms >= 0)) return "not known"
  if (ms < 1000) return "under a second"
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
