import type { EnrolmentOffer } from "@tabard/api"
import { type ReactNode, type SubmitEvent, useState } from "react"
import { Button } from "../../components/button.tsx"
import { CopyableBlock } from "../../components/copyable.tsx"
import { Dialog, DialogFoot } from "../../components/dialog.tsx"
import { TextField } from "../../components/field.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useOfferReporter } from "../../data/sources-query.ts"
import { Countdown } from "../approvals/countdown.tsx"
import { reporterCommand } from "./reporter-command.ts"

/** Makes a one-time code for a machine, and shows once the command that enrols it. */
export function EnrolReporterDialog({ onClose }: { onClose: () => void }): ReactNode {
  const { mutate, data, isPending, error } = useOfferReporter()
  return (
    <Dialog
      open
      onClose={onClose}
      title="Enrol a machine"
      description="It scans itself and pushes what it saw, signed by a key that never leaves it."
    >
      {data ? (
        <Offered offer={data} onClose={onClose} />
      ) : (
        <NameForm busy={isPending} error={error} onName={(name) => mutate(name)} onClose={onClose} />
      )}
    </Dialog>
  )
}

function NameForm(props: {
  busy: boolean
  error: unknown
  onName: (name: string) => void
  onClose: () => void
}): ReactNode {
  const [name, setName] = useState("")
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    props.onName(name.trim())
  }
  return (
    <form onSubmit={submit}>
      <div className="space-y-4 px-5 pt-1 pb-5">
        <TextField
          label="Name"
          hint="What the machine is called here, such as its host name."
          value={name}
          required
          pattern=".*\S.*"
          maxLength={200}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        <ProblemNote error={props.error} />
      </div>
      <DialogFoot onClose={props.onClose}>
        <Button type="submit" look="primary" busy={props.busy}>
          Make a one-time code
        </Button>
      </DialogFoot>
    </form>
  )
}

function Offered({ offer, onClose }: { offer: EnrolmentOffer; onClose: () => void }): ReactNode {
  return (
    <>
      <div className="space-y-3 px-5 pt-1 pb-5">
        <p className="flex items-baseline justify-between gap-3">
          <span>Run this on the machine. The code is shown once and works once.</span>
          <Countdown until={offer.expiresAt} />
        </p>
        <CopyableBlock text={reporterCommand(window.location.origin, offer.code)} what="the command" />
        <p className="text-small text-faint">
          Afterwards <code className="font-mono">tabard scan --push {window.location.origin}</code> sends what
          it sees.
        </p>
      </div>
      <footer className="flex justify-end border-t px-5 py-3">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </footer>
    </>
  )
}
