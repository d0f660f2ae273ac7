import type { FindingView } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { Moment } from "../../components/moment.tsx"
import { Said } from "../../components/said.tsx"
import { useReopenFinding } from "../../data/findings-query.ts"
import { dayOf, exactTime } from "../../words/time.ts"
import { AcceptDialog } from "./accept-dialog.tsx"

/** How a finding stands, and what a person can do about that. */
export function FindingStanding({ finding }: { finding: FindingView }): ReactNode {
  const [opened, setOpened] = useState<"accept" | "reopen">()
  const close = (): void => setOpened(undefined)
  return (
    <div className="space-y-2">
      {finding.acceptance && <Accepted acceptance={finding.acceptance} />}
      {finding.state === "open" && <Button onClick={() => setOpened("accept")}>Accept until a date…</Button>}
      {finding.state === "accepted" && (
        <Button onClick={() => setOpened("reopen")}>Take the acceptance back…</Button>
      )}
      {opened === "accept" && <AcceptDialog finding={finding} onClose={close} />}
      {opened === "reopen" && <ReopenFindingDialog finding={finding} onClose={close} />}
    </div>
  )
}

function Accepted({ acceptance }: { acceptance: NonNullable<FindingView["acceptance"]> }): ReactNode {
  const { by, at, reason, until } = acceptance
  return (
    <div className="rounded-md bg-ask-wash px-3 py-2 text-ask">
      <p>
        <Said text={by.name} /> accepted it <Moment at={at} />, until{" "}
        <span title={exactTime(until)}>{dayOf(until)}</span>
      </p>
      <p className="wrap-anywhere">
        <Said text={reason} />
      </p>
    </div>
  )
}

function ReopenFindingDialog({ finding, onClose }: { finding: FindingView; onClose: () => void }): ReactNode {
  const { mutate, isPending, error } = useReopenFinding()
  return (
    <ActDialog
      open
      onClose={onClose}
      title="Take the acceptance back?"
      description="The finding is open again at once, and counts where findings are counted."
      act="Take it back"
      look="primary"
      busy={isPending}
      error={error}
      onAct={(reason) => mutate({ id: finding.id, reason }, { onSuccess: onClose })}
    />
  )
}
