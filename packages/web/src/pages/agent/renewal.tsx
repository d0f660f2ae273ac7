import type { AgentDetail } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { Moment } from "../../components/moment.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { Said } from "../../components/said.tsx"
import { useAgentAct } from "../../data/agent-acts.ts"
import { useClock } from "../../data/clock-context.ts"
import { useTiers } from "../../data/tiers-query.ts"
import { useIsSteward, useSignedIn } from "../../shell/signed-in-context.ts"
import { plainText } from "../../words/plain-text.ts"
import { dateFieldAfter, dayOf } from "../../words/time.ts"

/** A renewal that waits, with whoever may agree to it or take it back; nothing where none waits. */
export function WaitingRenewal({ agent }: { agent: AgentDetail }): ReactNode {
  const { renewal } = agent
  const [declining, setDeclining] = useState(false)
  const isSteward = useIsSteward()
  const { id } = useSignedIn().user
  const agree = useAgentAct((client, of: string) => client.agreeToRenewal({ id: of }))
  const decline = useAgentAct((client, reason: string) => client.declineRenewal({ id: agent.id, reason }))
  if (!renewal) return null
  const own = renewal.askedBy.id === id
  return (
    <div className="mt-4 flex max-w-3xl flex-wrap items-center justify-between gap-x-4 gap-y-2 rounded-md bg-panel px-3 py-2">
      <p className="min-w-0 text-pretty">
        <Said text={renewal.askedBy.name} /> asked <Moment at={renewal.askedAt} /> to renew its mandate until{" "}
        {dayOf(renewal.expiresAt)}. A second person has to agree.
      </p>
      <span className="flex gap-2">
        {isSteward && !own && (
          <Button look="primary" size="small" busy={agree.isPending} onClick={() => agree.mutate(agent.id)}>
            Agree to the renewal
          </Button>
        )}
        {(isSteward || own) && (
          <Button size="small" onClick={() => setDeclining(true)}>
            {own ? "Take it back…" : "Decline…"}
          </Button>
        )}
      </span>
      <ProblemNote error={agree.error} />
      {declining && (
        <ActDialog
          open
          onClose={() => setDeclining(false)}
          title={own ? "Take the renewal back?" : "Decline the renewal?"}
          description="The mandate ends when it would have."
          act={own ? "Take it back" : "Decline the renewal"}
          look="primary"
          busy={decline.isPending}
          error={decline.error}
          onAct={(reason) => decline.mutate(reason, { onSuccess: () => setDeclining(false) })}
        />
      )}
    </div>
  )
}

/** How long a mandate is renewed where nobody says otherwise. */
const USUAL_DAYS = 90
const MOST_DAYS = 365

/** Asks until when an agent is to go on, on the same terms. */
export function RenewDialog({ agent, onClose }: { agent: AgentDetail; onClose: () => void }): ReactNode {
  const clock = useClock()
  const [now] = useState(clock)
  const [day, setDay] = useState(() => dateFieldAfter(USUAL_DAYS, now))
  const { mutate, isPending, error } = useAgentAct((client, expiresAt: string) =>
    client.renewMandate({ id: agent.id, expiresAt }),
  )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    mutate(`${day}T23:59:59Z`, { onSuccess: onClose })
  }
  const tier = useTiers().find(({ name }) => name === agent.tier)
  const readsOnly = tier?.reaches.every((effect) => effect === "read") ?? false
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Renew the mandate of ${plainText(agent.name)}`}
      description={`Purpose and tier stay as they are. ${readsOnly ? "It holds at once." : "Where there is a second person, it holds once they agree."}${agent.state === "active" ? "" : " The agent stays off until it is resumed."}`}
    >
      <form onSubmit={submit}>
        <div className="space-y-4 px-5 pt-1 pb-5">
          <TextField
            label="Until"
            type="date"
            required
            value={day}
            min={dateFieldAfter(1, now)}
            max={dateFieldAfter(MOST_DAYS, now)}
            onChange={(event) => setDay(event.target.value)}
          />
          <ProblemNote error={error} />
        </div>
        <DialogFoot onClose={onClose}>
          <Button type="submit" look="primary" busy={isPending}>
            Renew the mandate
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
