import type { AgentDetail } from "@tabard/api"
import { nextState, type Transition } from "@tabard/core"
import { type ReactNode, useState } from "react"
import { Button } from "../../components/button.tsx"
import { useMayAnswerFor } from "../../shell/may.ts"
import { OfferDialog } from "../about/offer-dialog.tsx"
import { ResumeDialog, RetireDialog, SuspendDialog } from "../agent/standing-dialogs.tsx"
import { RotateDialog } from "./rotate-dialog.tsx"

const DIALOGS = {
  rotate: RotateDialog,
  offer: OfferDialog,
  suspend: SuspendDialog,
  resume: ResumeDialog,
  retire: RetireDialog,
} as const

type Opened = keyof typeof DIALOGS

/** What can be done about the identity as a whole: each opens what says what will happen. */
export function IdentityActs({ agent }: { agent: AgentDetail }): ReactNode {
  const answers = useMayAnswerFor(agent)
  const [opened, setOpened] = useState<Opened>()
  if (!answers) return null
  const Opens = opened && DIALOGS[opened]
  return (
    <div className="mt-3 flex flex-wrap gap-2">
      {actsOf(agent).map(({ opens, words }) => (
        <Button key={opens} onClick={() => setOpened(opens)}>
          {words}
        </Button>
      ))}
      {Opens && <Opens agent={agent} onClose={() => setOpened(undefined)} />}
    </div>
  )
}

function actsOf(agent: AgentDetail): readonly { readonly opens: Opened; readonly words: string }[] {
  const can = (transition: Transition): boolean => nextState(agent.state, transition) !== undefined
  const holdsKey = agent.instances.some(({ kind, revokedAt }) => kind === "key" && revokedAt === null)
  const acts = [
    { opens: "rotate", words: "Rotate a key…", when: holdsKey },
    {
      opens: "offer",
      words: "Hand over…",
      when: agent.owner !== null && agent.offer === null && can("retire"),
    },
    { opens: "resume", words: "Resume…", when: can("resume") },
    { opens: "suspend", words: "Suspend…", when: can("suspend") && agent.state !== "suspended" },
    { opens: "retire", words: "Retire for ever…", when: can("retire") },
  ] as const
  return acts.filter(({ when }) => when)
}
