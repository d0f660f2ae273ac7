import type { ReactNode } from "react"
import { Icon, type IconName } from "../../components/icon.tsx"
import type { CoverageVerdict } from "../../words/verdict-words.ts"

const LOOKS: Readonly<Record<Exclude<CoverageVerdict, "nothing">, { icon: IconName; look: string }>> = {
  permit: { icon: "check", look: "bg-permit-wash text-permit" },
  ask: { icon: "proposed", look: "bg-ask-wash text-ask" },
  deny: { icon: "cross", look: "bg-deny-wash text-deny" },
}

/** Draws what rules say of an agent and a tool; the words stand elsewhere. */
export function VerdictIcon({ verdict }: { verdict: CoverageVerdict }): ReactNode {
  if (verdict === "nothing") return <span className="grid size-5 place-items-center text-faint">·</span>
  const { icon, look } = LOOKS[verdict]
  return (
    <span className={`grid size-5 place-items-center rounded-sm ${look}`}>
      <Icon name={icon} className="size-3.5" />
    </span>
  )
}
