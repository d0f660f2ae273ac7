import type { AgentDetail } from "@tabard/api"
import { type AgentState, nextState, type Transition } from "@tabard/core"
import { type ReactNode, useState } from "react"
import { ActsMenu } from "../../components/acts-menu.tsx"
import { Button } from "../../components/button.tsx"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { ActivateButton } from "./activate-button.tsx"
import { AdoptDialog } from "./adopt-dialog.tsx"
import { MergeDialog } from "./merge-dialog.tsx"
import { RenewDialog } from "./renewal.tsx"
import {
  DismissDialog,
  QuarantineDialog,
  ReopenDialog,
  ResumeDialog,
  RetireDialog,
  SignRetirementDialog,
  SuspendDialog,
} from "./standing-dialogs.tsx"

type Opened =
  | "adopt"
  | "suspend"
  | "quarantine"
  | "resume"
  | "retire"
  | "sign"
  | "dismiss"
  | "reopen"
  | "merge"
  | "renew"

const GONE: readonly AgentState[] = ["dismissed", "retiring", "retired"]

const DIALOGS = {
  adopt: AdoptDialog,
  suspend: SuspendDialog,
  quarantine: QuarantineDialog,
  resume: ResumeDialog,
  retire: RetireDialog,
  sign: SignRetirementDialog,
  dismiss: DismissDialog,
  reopen: ReopenDialog,
  merge: MergeDialog,
  renew: RenewDialog,
}

/** The acts that an agent's state allows; stopping it is always the one that is seen first. */
export function AgentActs({ agent }: { agent: AgentDetail }): ReactNode {
  const [opened, setOpened] = useState<Opened>()
  const isSteward = useIsSteward()
  const isOwner = useSignedIn().user.id === agent.owner?.id
  const can = (transition: Transition): boolean => nextState(agent.state, transition) !== undefined
  const Opens = opened && DIALOGS[opened]
  return (
    <div className="flex items-center gap-2">
      {isSteward && <StewardActs agent={agent} can={can} onOpen={setOpened} />}
      <StandingActs can={can} isSuspended={agent.state === "suspended"} onOpen={setOpened} />
      <ActsMenu label="More acts" acts={moreActs({ agent, can, isSteward, isOwner, onOpen: setOpened })} />
      {Opens && <Opens agent={agent} onClose={() => setOpened(undefined)} />}
    </div>
  )
}

interface ActsProps {
  readonly agent: AgentDetail
  readonly can: (transition: Transition) => boolean
  readonly onOpen: (opened: Opened) => void
}

/** What stands can go on beyond its end, on the word of its owner. */
function isRenewable({ mandate, state }: AgentDetail): boolean {
  return mandate !== null && ["active", "suspended", "quarantined"].includes(state)
}

function moreActs(
  props: ActsProps & { isSteward: boolean; isOwner: boolean },
): Parameters<typeof ActsMenu>[0]["acts"] {
  const { agent, can, isSteward, isOwner, onOpen } = props
  return [
    isOwner && isRenewable(agent) && { words: "Renew the mandate…", onSelect: () => onOpen("renew") },
    ...(isSteward ? stewardActs(props) : []),
    can("retire") && { words: "Retire for ever…", onSelect: () => onOpen("retire"), final: true },
    isSteward && can("dismiss") && { words: "Not an agent…", onSelect: () => onOpen("dismiss") },
  ]
}

function stewardActs({ agent, can, onOpen }: ActsProps): Parameters<typeof ActsMenu>[0]["acts"] {
  return [
    !GONE.includes(agent.state) && { words: "Merge another into it…", onSelect: () => onOpen("merge") },
    can("quarantine") && { words: "Quarantine…", onSelect: () => onOpen("quarantine") },
  ]
}

function StewardActs(props: ActsProps): ReactNode {
  const { agent, can, onOpen } = props
  // What the register proposed, or nobody accepted: there is nothing yet that a second person could agree to.
  const lacksMandate = agent.state === "proposed" && agent.mandate === null
  return (
    <>
      {(can("propose") || lacksMandate) && (
        <Button look="primary" onClick={() => onOpen("adopt")}>
          Adopt
        </Button>
      )}
      {can("reopen") && <Button onClick={() => onOpen("reopen")}>Reopen…</Button>}
      {can("activate") && !lacksMandate && <ActivateButton agent={agent} />}
    </>
  )
}

function StandingActs(props: {
  can: (transition: Transition) => boolean
  isSuspended: boolean
  onOpen: (opened: Opened) => void
}): ReactNode {
  const { can, isSuspended, onOpen } = props
  return (
    <>
      {can("finish") && (
        <Button look="stop" onClick={() => onOpen("sign")}>
          Sign the retirement…
        </Button>
      )}
      {can("resume") && <Button onClick={() => onOpen("resume")}>Resume</Button>}
      {can("suspend") && !isSuspended && (
        <Button look="stop" icon="stop" onClick={() => onOpen("suspend")}>
          Suspend
        </Button>
      )}
    </>
  )
}
