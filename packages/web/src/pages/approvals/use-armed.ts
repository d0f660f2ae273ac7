import type { VerdictInput } from "@tabard/api"
import { useEffect, useState } from "react"
import { useShortcuts } from "../../shell/shortcuts.ts"

type Verdict = VerdictInput["verdict"]

const ARMED_MS = 4000

/**
 * Lets a question be answered by key: the first press says which answer, the second gives it. Another question, another
 * key or four seconds take it back.
 */
export function useArmed(
  question: string | undefined,
  onVerdict: (verdict: Verdict) => void,
): Verdict | undefined {
  const [armed, setArmed] = useState<{ question: string; verdict: Verdict }>()
  useEffect(() => {
    if (!armed) return
    const timer = setTimeout(() => setArmed(undefined), ARMED_MS)
    return () => clearTimeout(timer)
  }, [armed])
  const current = armed?.question === question ? armed?.verdict : undefined
  const press = (verdict: Verdict): void => {
    if (!question) return
    if (current !== verdict) return setArmed({ question, verdict })
    setArmed(undefined)
    onVerdict(verdict)
  }
  useShortcuts({
    a: (event) => event.repeat || press("approved"),
    d: (event) => event.repeat || press("denied"),
    Escape: () => setArmed(undefined),
  })
  return current
}
