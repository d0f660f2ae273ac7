import type { AgentDetail, WithReason } from "@tabard/api"
import type { ReactNode } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useApprovals } from "../../data/approvals-query.ts"
import { attachedTo, quarantine, retirement, suspension } from "../../words/consequences.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { RetirementPreview } from "./retirement.tsx"

interface StandingDialogProps {
  readonly agent: AgentDetail
  readonly onClose: () => void
}

/** Stops an agent, after saying what stops with it. */
export function SuspendDialog(props: StandingDialogProps): ReactNode {
  const attached = useAttached(props.agent)
  return (
    <ReasonDialog
      {...props}
      act="suspendAgent"
      look="stop"
      title={`Suspend ${plainText(props.agent.name)}?`}
      description={`${suspension(plainText(props.agent.name), attached)}. Calls that wait are refused at once. It can be resumed.`}
      words={suspension(plainText(props.agent.name), attached)}
    />
  )
}

/** Stops an agent until somebody has looked at it, as the system does by itself. */
export function QuarantineDialog(props: StandingDialogProps): ReactNode {
  const name = plainText(props.agent.name)
  return (
    <ReasonDialog
      {...props}
      act="quarantineAgent"
      look="stop"
      title={`Quarantine ${name}?`}
      description={`${quarantine(name, useAttached(props.agent))}. Its owner, security and administrators are told that somebody has to look at it.`}
      words={`Quarantine ${name}`}
    />
  )
}

/** Lets a stopped agent act again. */
export function ResumeDialog(props: StandingDialogProps): ReactNode {
  return (
    <ReasonDialog
      {...props}
      act="resumeAgent"
      look="primary"
      title={`Resume ${plainText(props.agent.name)}?`}
      description="It gets tokens again and may act within its tier, manifest and tasks. What was withdrawn stays withdrawn."
      words={`Resume ${plainText(props.agent.name)}`}
    />
  )
}

/** Ends an agent for ever; its name has to be typed. */
export function RetireDialog(props: StandingDialogProps): ReactNode {
  const attached = useAttached(props.agent)
  const words = retirement(plainText(props.agent.name), attached)
  return (
    <ReasonDialog
      {...props}
      act="retireAgent"
      look="stop"
      title={`Retire ${plainText(props.agent.name)} for ever?`}
      description={`${words}. Its identity is never used again. This cannot be taken back.`}
      words={`Retire ${plainText(props.agent.name)} for ever`}
      typed={plainText(props.agent.name)}
      shows={<RetirementPreview id={props.agent.id} />}
    />
  )
}

/** Ends a retirement in a person's own name, though nobody here can say that what others issued has ended. */
export function SignRetirementDialog(props: StandingDialogProps): ReactNode {
  const held = count(props.agent.holdsCredentials.length, "credential")
  return (
    <ReasonDialog
      {...props}
      act="signRetirement"
      look="stop"
      title={`Sign that ${plainText(props.agent.name)} is retired?`}
      description={`It was seen to hold ${held} that others issued. Sign only where nobody can find out whether they still work: each stands in the certificate as an exception, with your name.`}
      words="Sign the exception"
      typed={plainText(props.agent.name)}
    />
  )
}

/** Says that a discovery is not an agent. */
export function DismissDialog(props: StandingDialogProps): ReactNode {
  return (
    <ReasonDialog
      {...props}
      act="dismissAgent"
      look="primary"
      title={`Is ${plainText(props.agent.name)} not an agent?`}
      description="It leaves the list and is not shown again by later scans, unless somebody reopens it."
      words={`Dismiss ${plainText(props.agent.name)}`}
    />
  )
}

/** Takes a dismissal back. */
export function ReopenDialog(props: StandingDialogProps): ReactNode {
  return (
    <ReasonDialog
      {...props}
      act="reopenAgent"
      look="primary"
      title={`Is ${plainText(props.agent.name)} an agent after all?`}
      description="It is discovered again: it waits to be adopted and counts where agents are counted."
      words={`Reopen ${plainText(props.agent.name)}`}
    />
  )
}

function ReasonDialog(
  props: StandingDialogProps & {
    act:
      | "suspendAgent"
      | "quarantineAgent"
      | "resumeAgent"
      | "retireAgent"
      | "signRetirement"
      | "dismissAgent"
      | "reopenAgent"
    look: "primary" | "stop"
    title: string
    description: string
    words: string
    typed?: string
    shows?: ReactNode
  },
): ReactNode {
  const { mutate, isPending, error } = useAgentAct((client, input: WithReason) => client[props.act](input))
  return (
    <ActDialog
      open
      onClose={props.onClose}
      title={props.title}
      description={props.description}
      act={props.words}
      look={props.look}
      {...(props.typed !== undefined && { typed: props.typed })}
      shows={props.shows}
      busy={isPending}
      error={error}
      onAct={(reason) => mutate({ id: props.agent.id, reason }, { onSuccess: props.onClose })}
    />
  )
}

function useAttached(agent: AgentDetail): ReturnType<typeof attachedTo> {
  const pending = useApprovals("pending").data?.items ?? []
  return attachedTo(agent, pending.filter((question) => question.agent.id === agent.id).length)
}
