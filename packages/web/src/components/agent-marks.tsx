import type { PersonView } from "@tabard/api"
import type { AgentState, AutonomyLevel } from "@tabard/core"
import type { ReactNode } from "react"
import { AUTONOMY_WORDS, actsUnasked, STATE_MEANINGS, STATE_WORDS } from "../words/agent-words.ts"
import type { IconName } from "./icon.tsx"
import { Mark, type Tone } from "./mark.tsx"
import { Said } from "./said.tsx"

const STATE_LOOKS: Readonly<Record<AgentState, { icon: IconName; tone: Tone }>> = {
  discovered: { icon: "discovered", tone: "calm" },
  proposed: { icon: "proposed", tone: "calm" },
  active: { icon: "active", tone: "permit" },
  suspended: { icon: "pause", tone: "ask" },
  quarantined: { icon: "warning", tone: "deny" },
  retiring: { icon: "proposed", tone: "faint" },
  retired: { icon: "ended", tone: "faint" },
  dismissed: { icon: "dismissed", tone: "faint" },
}

/** Shows where an agent stands; one that was found and then left is shown as what it is. */
export function StateMark({ state, shadow = false }: { state: AgentState; shadow?: boolean }): ReactNode {
  if (shadow)
    return (
      <Mark
        icon="warning"
        tone="high"
        title="It was found and then left: nobody has adopted or dismissed it in time."
      >
        Shadow
      </Mark>
    )
  return (
    <Mark {...STATE_LOOKS[state]} title={STATE_MEANINGS[state]}>
      {STATE_WORDS[state]}
    </Mark>
  )
}

/** Shows who answers for an agent, or that nobody does. */
export function OwnerMark(props: { owner: PersonView | null; orphaned: boolean }): ReactNode {
  const { owner, orphaned } = props
  if (owner && orphaned)
    return (
      <Mark icon="nobody" tone="high" title="Its owner is not active any more: nobody answers for it.">
        <Said text={owner.name} /> has left
      </Mark>
    )
  if (owner)
    return (
      <span className="truncate">
        <Said text={owner.name} />
      </span>
    )
  return (
    <Mark icon="nobody" tone="high" title="Nobody answers for this agent: it gets no token.">
      No owner
    </Mark>
  )
}

/** Shows how freely an agent acts. */
export function AutonomyMark({ level }: { level: AutonomyLevel }): ReactNode {
  const { label, meaning } = AUTONOMY_WORDS[level]
  if (actsUnasked(level))
    return (
      <Mark icon="warning" tone="high" title={meaning}>
        {label}
      </Mark>
    )
  return (
    <span className={level === "not_stated" ? "truncate text-faint" : "truncate"} title={meaning}>
      {label}
    </span>
  )
}

/** Shows how many credentials an agent holds, and how many of them lie about in plain text. */
export function CredentialsMark({ all, plaintext }: { all: number; plaintext: number }): ReactNode {
  if (plaintext === 0) return <span className={all === 0 ? "text-faint" : ""}>{all}</span>
  return (
    <Mark icon="key" tone="high" title={`${plaintext} of ${all} lie in plain text`}>
      {all} · {plaintext} plain text
    </Mark>
  )
}
