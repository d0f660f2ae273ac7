import type { PersonDetail } from "@tabard/api"
import { type ReactNode, useState } from "react"
import { ActDialog } from "../../components/act-dialog.tsx"
import { Button } from "../../components/button.tsx"
import { ProblemNote } from "../../components/problem-note.tsx"
import { useDeactivate, useErase, useReactivate } from "../../data/people-acts.ts"
import { count } from "../../words/count.ts"
import { plainText } from "../../words/plain-text.ts"
import { Departure } from "./departure.tsx"
import { LinkAgainDialog } from "./link-again-dialog.tsx"

/** Letting a person in anew, and switching them off and on. */
export function PersonActs({ person }: { person: PersonDetail }): ReactNode {
  const [asked, setAsked] = useState<"link" | "off">()
  const off = useDeactivate()
  const { id, active } = person
  const name = plainText(person.name)
  const close = (): void => setAsked(undefined)
  if (!active) return <WhenOff person={person} />
  return (
    <div className="flex flex-wrap gap-2">
      <Button onClick={() => setAsked("link")}>New link…</Button>
      <Button look="stop" onClick={() => setAsked("off")}>
        Switch off…
      </Button>
      {asked === "link" && <LinkAgainDialog id={id} name={name} onClose={close} />}
      <ActDialog
        open={asked === "off"}
        onClose={close}
        title={`Switch ${name} off`}
        description={consequence(person)}
        act="Switch off"
        shows={<Departure id={id} />}
        look="stop"
        busy={off.isPending}
        error={off.error}
        onAct={(reason) => off.mutate({ id, reason }, { onSuccess: close })}
      />
    </div>
  )
}

/** What can be done about a person who is switched off. */
function WhenOff({ person: { id, name, provisioned } }: { person: PersonDetail }): ReactNode {
  const [asked, setAsked] = useState(false)
  const on = useReactivate()
  const erase = useErase()
  const close = (): void => setAsked(false)
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        {!provisioned?.switchedOff && (
          <Button busy={on.isPending} onClick={() => on.mutate(id)}>
            Let in again
          </Button>
        )}
        <Button look="stop" onClick={() => setAsked(true)}>
          Erase…
        </Button>
      </div>
      {provisioned?.switchedOff && (
        <p className="text-small text-pretty text-faint">
          Your directory switched them off. Let them in again there, or take them back from SCIM first.
        </p>
      )}
      <ProblemNote error={on.error} />
      <ActDialog
        open={asked}
        onClose={close}
        title={`Erase ${plainText(name)} for ever`}
        description={ERASURE}
        act="Erase this person"
        look="stop"
        typed={plainText(name)}
        busy={erase.isPending}
        error={erase.error}
        onAct={(reason) => erase.mutate({ id, reason }, { onSuccess: close })}
      />
    </div>
  )
}

const ERASURE =
  "Their name, email and sign-ins go, and what the record holds of their words beside the log. Their id stays in the record, which goes on to verify. Nobody can take this back."

function consequence({ ownsCount, waysIn }: PersonDetail): string {
  const sessions = waysIn?.sessions ?? 0
  const ends =
    sessions === 0 ? "They cannot come in any more" : `${count(sessions, "session")} of theirs end at once`
  return ownsCount === 0
    ? `${ends}. They own no agent.`
    : `${ends}, and ${count(ownsCount, "agent")} of theirs stop until somebody takes them over.`
}
